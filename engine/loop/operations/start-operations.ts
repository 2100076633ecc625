import type { EngineClock } from '../../clock'
import type { Draft } from '../../execution/draft'
import { startRun } from '../../execution/start-run'
import { invokerOfStart } from '../../flow/pending-starts'
import { singletonKeyOf } from '../../flow/singleton'
import type { StoredEvent } from '../../model/event'
import type { RegisteredFunction } from '../../model/function'
import type { Batch, PendingStart } from '../../model/start'
import { readEvents } from '../../store/read'
import { readBatchEvents } from '../../store/read-flow'
import { type Asked, admit, startAlone } from '../../trigger/admit'
import { tellInvoker } from '../../trigger/refuse'
import type { Operation } from '../lane'
import type { World } from '../world'
import { readClaimsOf } from './receive-events'
import { loadFinishWaits } from './take-in'

/** So much of what is due is started by one operation. */
const MOST_BATCH_BYTES = 32 * 1024 * 1024
const MOST_STARTS = 500

/** Starts a run for each batch that is full or whose time is over; the batch goes in the same commit. */
export function batchesStarted(world: World, clock: EngineClock): Operation<void> {
  let batches: Batch[] = []
  let events = new Map<string, StoredEvent[]>()
  return {
    name: 'start batches',
    load: async () => {
      batches = world.flow.batches.upTo(clock.now(), MOST_BATCH_BYTES)
      // What is read now is all that they hold.
      for (const batch of batches) world.flow.batches.close(batch)
      events = await readBatchEvents(
        world.readers,
        batches.map(({ id }) => id),
      )
    },
    decide: ({ draft }) => {
      for (const batch of batches) {
        // Gone, or its function was paused since it was read.
        if (!world.flow.batches.get(batch.id) || world.isHeldBack(batch.functionId)) continue
        draft.changes.remove('batch', batch)
        world.flow.batches.remove(batch)
        const [fn, held] = [world.functions.get(batch.functionId), events.get(batch.id)]
        if (fn && held?.length) startRun(draft, fn, { events: held, batchId: batch.id })
      }
    },
  }
}

/** Makes the starts whose time has come, and tells invoking runs of those that come to nothing. */
export function startsMade(world: World, clock: EngineClock): Operation<void> {
  let starts: PendingStart[] = []
  let events = new Map<string, StoredEvent>()
  let claimed = new Set<string>()
  return {
    name: 'make starts',
    load: async () => {
      starts = world.flow.pending.upTo(clock.now(), MOST_STARTS)
      events = await readEvents(
        world.readers,
        starts.map(({ eventId }) => eventId),
      )
      claimed = await loadFor(world, starts, events, clock)
    },
    decide: ({ draft, claims }) => {
      for (const key of claimed) claims.add(key)
      for (const start of starts) {
        // It may have been put off once more since it was read, or its function be paused.
        if (world.flow.pending.get(start.id) !== start) continue
        if (start.kind !== 'refusal' && world.isHeldBack(start.functionId)) continue
        draft.changes.remove('pendingStart', start)
        world.flow.pending.remove(start)
        const event = events.get(start.eventId)
        if (event) make(draft, start, event, claims)
      }
    },
  }
}

function make(draft: Draft, start: PendingStart, event: StoredEvent, claims: Set<string>): void {
  const parent = invokerOfStart(start)
  const fn = draft.functionById(start.functionId)
  const reason = start.kind === 'refusal' ? start.key : fn && decide(draft, fn, start, { event, claims, parent })
  if (reason && parent) tellInvoker(draft, parent, reason)
}

function decide(draft: Draft, fn: RegisteredFunction, { kind }: PendingStart, asked: Asked): string | undefined {
  return kind === 'idempotency' ? admit(draft, fn, asked) : startAlone(draft, fn, asked, true)
}

/** Brings into memory the runs that these starts may touch. @returns the claims that are taken. */
async function loadFor(
  world: World,
  starts: PendingStart[],
  events: Map<string, StoredEvent>,
  clock: EngineClock,
): Promise<Set<string>> {
  const found = starts.flatMap((start) => {
    const [fn, event] = [world.functions.get(start.functionId), events.get(start.eventId)]
    return fn && event ? [{ start, fn, event }] : []
  })
  const holders = found.flatMap(({ fn, event }) => {
    const key = singletonKeyOf(fn, () => ({ event: JSON.parse(event.body) }))
    return key === null ? [] : (world.flow.singletons.holderOf(key) ?? [])
  })
  const invokers = starts.flatMap((start) => invokerOfStart(start)?.runId ?? [])
  const [claimed] = await Promise.all([
    readClaimsOf(
      world,
      found.filter(({ start }) => start.kind === 'idempotency'),
      clock,
    ),
    world.load([...holders, ...invokers]),
    loadFinishWaits(world),
  ])
  return claimed
}
