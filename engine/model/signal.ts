import { z } from 'zod'

/** What a signal may be called. PostgreSQL indexes no text of more than 2.7 kB, so its length has a bound. */
export const signalName = z
  .string('signal should be a text')
  .min(1, 'signal is empty')
  .max(800, 'signal is longer than 800 characters')
  .refine((text) => !text.includes('\u0000'), 'signal holds a NUL character')
