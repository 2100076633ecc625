import { z } from 'zod'
import { lineField } from '../text-fields'

export const nameField = lineField('your name', 100)
export const shopNameField = lineField('a name for your shop', 80)

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
