import type { EngineClock } from '../clock'
import { sleep, type Timers } from '../timers'
import type { Dispatcher } from './dispatcher'
import type { Lane } from './lane'
import { skippedToLatest } from './operations/cron-operations'
import { clockMoved, nextDueFound, refilled } from './operations/refill'
import type { World } from './world'

export type ClockMove = {
  /** Engine time in milliseconds; or how far on, counted from when all that is due now has been done. */
  target: { to: number } | { by: number }
  crons: 'latest' | 'all'
  /** Real milliseconds after which the move gives up. */
  limitMs: number
}

/** `unsettled` names the functions whose work did not end within the limit; the clock then stands where it got to. */
export type ClockMoved = { now: number; offsetMs: number; settled: boolean; unsettled: string[] }

type Parts = { world: World; lane: Lane; dispatcher: Dispatcher; clock: EngineClock; timers: Timers }

/**
 * Moves time forward in hops: waits until nothing is due and no call is under way, steps to the next due instant, and
 * so on to the target, where it waits once more. So four days happen in the order in which they would have.
 */
export async function moveClock(parts: Parts, { target, crons, limitMs }: ClockMove): Promise<ClockMoved> {
  const { lane, clock, world } = parts
  const deadline = clock.realNow() + limitMs
  if (!(await settle(parts, deadline))) return report(parts, false)
  const to = 'to' in target ? target.to : clock.now() + target.by
  if (crons === 'latest') await lane.submit(skippedToLatest(world, to))
  while (clock.now() < to) {
    await hop(parts, Math.min(to, (await nextInstant(parts)) ?? to))
    if (!(await settle(parts, deadline))) return report(parts, false)
  }
  return report(parts, true)
}

/** The next instant at which anything comes due, in memory or in the tables. */
async function nextInstant({ world, lane, dispatcher }: Parts): Promise<number | undefined> {
  const inMemory = dispatcher.nextDueAt()
  if (inMemory !== undefined && inMemory <= dispatcher.queue.horizon) return inMemory
  const stored = await lane.submit(nextDueFound(world, dispatcher))
  return stored === null ? inMemory : Math.min(stored, inMemory ?? stored)
}

async function hop({ lane, clock, world, dispatcher }: Parts, instant: number): Promise<void> {
  // Never back: the offset only grows, and the machine's own time goes on meanwhile.
  const offsetMs = Math.max(clock.offsetMs, instant - clock.realNow())
  await lane.submit(clockMoved(offsetMs))
  clock.offsetMs = offsetMs
  await lane.submit(refilled(world, dispatcher, () => clock.now()))
  dispatcher.pump()
}

async function settle({ lane, dispatcher, clock, timers }: Parts, deadline: number): Promise<boolean> {
  // Twice in a row, a moment apart: an app may still be handing on what its last call has left.
  for (let quiet = 0; quiet < 2; ) {
    if (clock.realNow() > deadline) return false
    await sleep(timers, quiet === 0 ? 1 : 5)
    quiet = lane.isIdle && dispatcher.unsettled(clock.now()).length === 0 ? quiet + 1 : 0
  }
  return true
}

function report({ dispatcher, clock }: Parts, settled: boolean): ClockMoved {
  const unsettled = settled ? [] : dispatcher.unsettled(clock.now())
  return { now: clock.now(), offsetMs: clock.offsetMs, settled, unsettled }
}
