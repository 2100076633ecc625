import { z } from 'zod'

/** A fault asked for: for the next `times` requests, refuse, be slow, or do the work and lose the answer. */
export const fault = z
  .strictObject({
    kind: z.enum(['refuse', 'slow', 'lose-answer'], 'kind should be refuse, slow or lose-answer'),
    times: z.number().int().min(1).max(100_000).default(1),
    /** For `refuse`. */
    status: z.number().int().min(400).max(599).default(500),
    name: z.string().max(100).default('internal_server_error'),
    retryAfterSeconds: z.number().int().min(0).max(86_400).optional(),
    /** For `slow`; real milliseconds. */
    delayMs: z.number().int().min(0).max(600_000).default(1_000),
  })
  .or(z.strictObject({ kind: z.literal('none') }))

export type Fault = Exclude<z.infer<typeof fault>, { kind: 'none' }>
