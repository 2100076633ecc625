import { z } from 'zod'
import { checkedValue } from './body'

/** A text of a request that goes into a statement: PostgreSQL holds no NUL. */
export const plainText = z
  .string('should be a text')
  .min(1, 'is empty')
  .max(255, 'is longer than 255 characters')
  .refine((text) => !text.includes('\u0000'), 'holds a NUL character')

const EARLIEST = Date.parse('0001-01-01T00:00:00Z')
const LATEST = Date.parse('9999-12-31T23:59:59Z')

/** An instant, as milliseconds. */
export const instantText = z.iso
  .datetime({ offset: true, error: 'should be an instant such as 2026-12-01T09:00:00Z' })
  .transform((text) => Date.parse(text))
  // An offset may lead beyond the years that PostgreSQL reads.
  .refine((ms) => ms >= EARLIEST && ms <= LATEST, 'should lie between the years 1 and 9999')

/** The id of the last row of the page before. */
export const cursor = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'should be the cursor that the last page gave')

/** How many rows a page has. */
export const pageLimit = z
  .string()
  .regex(/^\d{1,3}$/, 'should be a whole number from 1 to 100')
  .transform(Number)
  .refine((count) => count >= 1 && count <= 100, 'should be a whole number from 1 to 100')
  .default(20)

/** @throws Problem 400 naming the parameter. */
export function checkedQuery<Schema extends z.ZodType>(schema: Schema, query: URLSearchParams): z.infer<Schema> {
  return checkedValue(schema, Object.fromEntries(query))
}
