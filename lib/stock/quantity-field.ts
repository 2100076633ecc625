import { z } from 'zod'

const MOST = 1_000_000

/** A number of pieces as it is typed, from 0 up to a million. */
export const quantityField = z
  .string('Write a whole number such as 12.')
  .trim()
  .regex(/^\d{1,10}$/, 'Write a whole number such as 12.')
  .transform(Number)
  .refine((pieces) => pieces <= MOST, `Write ${MOST} at most.`)
