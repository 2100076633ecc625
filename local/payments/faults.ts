import { z } from 'zod'

const times = z.number().int().min(1).max(100_000).default(1)
/** Real milliseconds. */
const delayMs = z.number().int().min(0).max(600_000)
const word = z.string().regex(/^[\w.]{1,100}$/)
/** Only this operation, as the SDK has it, such as `payment_intents.confirm`; any where none is named. */
const on = word.optional()
/** Only events of this type, such as `charge.refunded`; any where none is named. */
const type = word.optional()

/** A fault asked for; it happens to the next `times` requests, charges or events that it fits. */
export const fault = z.discriminatedUnion(
  'kind',
  [
    /** The bank refuses the next charges, whatever the card. */
    z.strictObject({
      kind: z.literal('decline'),
      times,
      code: word.default('card_declined'),
      declineCode: word.default('generic_decline'),
    }),
    /** The work takes so long; what it works on is locked meanwhile. */
    z.strictObject({ kind: z.literal('slow'), times, on, delayMs: delayMs.default(1_000) }),
    /** Too many requests; nothing was done. */
    z.strictObject({
      kind: z.literal('rate-limit'),
      times,
      on,
      retryAfterSeconds: z.number().int().min(0).max(86_400).optional(),
    }),
    /** Stripe fails, before or after it has done the work. */
    z.strictObject({
      kind: z.literal('server-error'),
      times,
      on,
      status: z.number().int().min(500).max(599).default(500),
      afterWork: z.boolean().default(false),
    }),
    /** The work is done, and the connection lost. */
    z.strictObject({ kind: z.literal('lose-answer'), times, on }),
    /** The event comes so much later. */
    z.strictObject({ kind: z.literal('webhook-late'), times, type, delayMs: delayMs.default(1_000) }),
    /** The event comes once more after it was taken. */
    z.strictObject({ kind: z.literal('webhook-twice'), times, type }),
    /** So many events are gathered, and come in the opposite order; fewer, when no other comes in time. */
    z.strictObject({
      kind: z.literal('webhook-out-of-order'),
      times: times.default(2),
      type,
      delayMs: delayMs.default(5_000),
    }),
    /** Everything that was asked for and has not happened yet is forgotten. */
    z.strictObject({ kind: z.literal('none') }),
  ],
  'kind should be decline, slow, rate-limit, server-error, lose-answer, webhook-late, webhook-twice, webhook-out-of-order or none',
)

export type Fault = Exclude<z.infer<typeof fault>, { kind: 'none' }>
export type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>

/** Fits a fault of a kind, for an operation or for an event's type. */
export function fits<K extends Fault['kind']>(kind: K, name?: string): (fault: Fault) => fault is FaultOf<K> {
  return (fault): fault is FaultOf<K> => {
    if (fault.kind !== kind) return false
    const wanted = 'on' in fault ? fault.on : 'type' in fault ? fault.type : undefined
    return wanted === undefined || wanted === name
  }
}
