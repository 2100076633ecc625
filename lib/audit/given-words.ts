import { redactText } from '../redaction'

const MOST_LENGTH = 500

/** What an operator says of an act in a few words, fit to be kept; or what is wrong with it. */
export type GivenWords = { ok: true; words: string } | { ok: false; message: string; fields: Record<string, string> }

/**
 * Checks what an operator gives as a reason or a note. Pure.
 * @param field of the form that it stands in.
 * @param ask what they are told who have said nothing.
 */
export function givenWords(text: string, { field, ask }: { field: string; ask: string }): GivenWords {
  // A NUL says nothing, and would be shown as a sign of its own.
  const words = redactText(text.replaceAll('\0', '')).trim()
  if (!words) return wrong(field, ask)
  return words.length > MOST_LENGTH ? wrong(field, `At most ${MOST_LENGTH} characters.`) : { ok: true, words }
}

const wrong = (field: string, message: string): GivenWords => ({ ok: false, message, fields: { [field]: message } })
