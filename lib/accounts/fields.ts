import { z } from 'zod'

/** Control characters and halves of characters are no part of a name; a database can't even hold some of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const control = /[\u0000-\u001f\u007f]|\p{Surrogate}/u

const line = (what: string, most: number) =>
  z
    .string(`${what} should be a text.`)
    .trim()
    .min(1, `Enter ${what}.`)
    .max(most, `Use ${most} characters at most.`)
    .refine((text) => !control.test(text), 'Leave out control characters.')

export const nameField = line('your name', 100)
export const shopNameField = line('a name for your shop', 80)

export const emailField = z
  .string('email should be a text.')
  .trim()
  .toLowerCase()
  .max(254, 'Use 254 characters at most.')
  .pipe(z.email('Enter an address such as ann@example.com.'))

export const passwordField = z
  .string('password should be a text.')
  .min(10, 'Use at least 10 characters.')
  .max(128, 'Use 128 characters at most.')
  .refine((text) => !text.includes('\u0000'), 'Leave out control characters.')
  .refine((text) => new Set(text).size >= 5, 'Use at least 5 different characters.')

export const timeZoneField = z
  .string('timeZone should be a text.')
  .max(64, 'Choose a time zone from the list.')
  .refine(isTimeZone, 'Choose a time zone such as Europe/Berlin.')

export const tokenField = z
  .string('token should be a text.')
  .min(1, 'The link is not complete.')
  .max(500, 'The link is not right.')

function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 are zones to Intl too, but know no daylight saving.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
