import { z } from 'zod'

/** Control characters and halves of characters are no part of a name; a database can't even hold some of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const control = /[\u0000-\u001f\u007f]|\p{Surrogate}/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const controlButBreaks = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u

/**
 * A text of one line, which must be there.
 * @param what as the reader calls it, with its article: `a title`.
 */
export const lineField = (what: string, most: number) =>
  z
    .string(`${what} should be a text.`)
    .trim()
    .min(1, `Enter ${what}.`)
    .max(most, `Use ${most} characters at most.`)
    .refine((text) => !control.test(text), 'Leave out control characters.')

/** A text of any lines, or none. */
export const textField = (what: string, most: number) =>
  z
    .string(`${what} should be a text.`)
    .trim()
    .max(most, `Use ${most} characters at most.`)
    .refine((text) => !controlButBreaks.test(text), 'Leave out control characters.')
