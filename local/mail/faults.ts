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

/** The faults that still have to happen, in the order in which they were asked for. */
export class Faults {
  private waiting: { fault: Fault; left: number }[] = []

  add(asked: z.infer<typeof fault>): void {
    if (asked.kind === 'none') this.waiting = []
    else this.waiting.push({ fault: asked, left: asked.times })
  }

  /** The fault of this request, if it has one. */
  take(): Fault | undefined {
    const [first] = this.waiting
    if (!first) return undefined
    first.left--
    if (first.left <= 0) this.waiting.shift()
    return first.fault
  }
}
