/**
 * What was decided of a start and is done later. `debounce`: the start is put off until its key is quiet. `idempotency`
 * and `singleton`: the claims, or the active run, that it depends on are not in memory; it is decided once they have been
 * read. `refusal`: the run that invoked it must hear why nothing starts (`key` says it), and is not in memory.
 */
export type PendingStart = {
  id: string
  kind: 'debounce' | 'idempotency' | 'singleton' | 'refusal'
  functionId: string
  key: string
  eventId: string
  eventTs: number
  firstAt: number
  dueAt: number
  /** The invoking run and its step. */
  parentRunId: string | null
  parentStepId: string | null
}

/** A batch that has not started yet. It is full, or its time is over, once it is due. */
export type Batch = { id: string; functionId: string; key: string; dueAt: number; size: number; bytes: number }

/** A start that counts against its key's rate limit until it expires. */
export type RateLimitStart = { id: string; key: string; expiresAt: number }
