import type { Draft } from '../execution/draft'
import { finishRun } from '../execution/finish'
import { startRun } from '../execution/start-run'
import { isGathered } from '../flow/batch'
import type { Scope } from '../flow/expression'
import { type Claim, claimsOf } from '../flow/idempotency'
import { rateLimitKeyOf } from '../flow/rate-limit'
import { singletonKeyOf } from '../flow/singleton'
import { type StoredEvent, TICK } from '../model/event'
import type { RegisteredFunction } from '../model/function'
import type { Invoker } from '../model/run'
import { gather } from './gather'
import { putOff } from './put-off'
import { defer } from './refuse'

/**
 * What asks for a start: an event, and the run that invoked the function by it, if any.
 * `claims` are those that were taken in the last 24 hours, as `function key`; absent where they were not read.
 */
export type Asked = { event: StoredEvent; parent?: Invoker; claims?: Set<string> }

/**
 * Takes a start of a function through flow control, in this order: batch, idempotency, rate limit, debounce, singleton.
 * What keeps a function from starting anything (a pause, say) comes before all of them. A schedule's tick is neither
 * gathered nor put off. Concurrency, throttle and priority act later, when the run's calls are handed out.
 * @returns why nothing will start; undefined where a run has started, or will.
 */
export function admit(draft: Draft, fn: RegisteredFunction, asked: Asked): string | undefined {
  const { event, claims } = asked
  const { batchEvents, idempotency, debounce } = fn.config
  const scope = scopeOf(event)
  const isTick = event.name === TICK
  if (!claims && idempotency) return defer(draft, fn, 'idempotency', '', asked)
  const own = claims ? claimsOf(fn, event, draft.moment) : []
  if (own.some((claim) => claims?.has(nameOf(claim))))
    return 'rate limited: it has run for the same key within 24 hours'
  const isBatched = batchEvents && !isTick && isGathered(batchEvents, scope())
  if (isRateLimited(draft, fn, scope)) return 'rate limited'
  for (const claim of own) {
    claims?.add(nameOf(claim))
    draft.changes.put('claim', claim)
  }
  if (isBatched) return gather(draft, fn, batchEvents, event, scope())
  if (debounce && !isTick) return putOff(draft, fn, debounce, asked, scope())
  return startAlone(draft, fn, asked)
}

/**
 * The last of it: a singleton's run starts only where no other is active; the other is cancelled, or this one skipped.
 * @param isRead true where the active run, and those that wait for its end, have been read.
 */
export function startAlone(draft: Draft, fn: RegisteredFunction, asked: Asked, isRead = false): string | undefined {
  const { singletons, pending } = draft.flow
  const key = singletonKeyOf(fn, scopeOf(asked.event))
  const holder = key === null ? undefined : singletons.holderOf(key)
  if (key !== null && holder !== undefined) {
    if (fn.config.singleton?.mode === 'skip') return 'skipped: another run of it is active'
    const active = draft.runById(holder)
    const isKnown = active && draft.canFinish(active) && !pending.isDeferred(key)
    if (!isRead && !isKnown) return defer(draft, fn, 'singleton', key, asked)
    if (active) finishRun(draft, active, { status: 'cancelled' })
  }
  startRun(draft, fn, asked)
  return undefined
}

function isRateLimited(draft: Draft, fn: RegisteredFunction, scope: () => Scope): boolean {
  const { rateLimit } = fn.config
  const key = rateLimitKeyOf(fn, scope)
  if (!rateLimit || key === undefined) return false
  const { isOver, expired } = draft.flow.rateLimits.ask(key, rateLimit.limit, draft.now)
  for (const start of expired) draft.changes.remove('rateLimitStart', start)
  if (isOver) return true
  const start = { id: draft.newId(), key, expiresAt: draft.now + rateLimit.period }
  draft.flow.rateLimits.add(start)
  draft.changes.put('rateLimitStart', start)
  return false
}

function nameOf({ functionId, key }: Claim): string {
  return `${functionId} ${key}`
}

/** The event as expressions see it, read when the first of them asks. */
function scopeOf(event: StoredEvent): () => Scope {
  let scope: Scope | undefined
  return () => {
    scope ??= { event: JSON.parse(event.body) }
    return scope
  }
}
