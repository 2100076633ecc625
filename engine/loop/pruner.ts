import type { Logger } from 'pino'
import type { EngineClock } from '../clock'
import {
  type EventCursor,
  pruneCancellations,
  pruneClaims,
  pruneEvents,
  pruneRateLimitStarts,
  pruneRuns,
  pruneThrottles,
} from '../store/prune'
import type { Timers } from '../timers'
import type { World } from './world'

/** What is kept: whatever is younger than `ageMs` (real), and the latest runs of each function however old they are. */
export type Retention = { ageMs: number; completedRuns: number; failedRuns: number }

export type PrunerParts = {
  world: Pick<World, 'readers' | 'endedRuns'>
  clock: EngineClock
  epoch: number
  timers: Timers
  log: Logger
}

/** So many rows at once: some 20 ms of the database, measured with 200,000 runs of three steps each. */
const BATCH = 200

/** The share of its time in which it works at most; a commit of the lane meets it seldom, and then for a moment. */
const SHARE = 0.2

/** Also when the machine's clock is set forward in the middle of a batch. */
const LONGEST_PAUSE_MS = 10_000

const DAY_MS = 24 * 3_600_000

/**
 * Removes what nobody needs any more, in small batches. It has a session of the readers' pool and not the lane: ended
 * runs, unneeded events and expired claims are changed by no decision, so that none has to wait for their removal, but
 * one that starts an ended run anew. Ages are held against real time: moving the clock by a week must not take away what was only just done.
 */
export class Pruner {
  private round: AsyncGenerator<void> | undefined
  private callOff = () => {}
  private isStopped = false

  constructor(
    private readonly parts: PrunerParts,
    private readonly retention: Retention,
    private readonly batch = BATCH,
  ) {}

  /** Goes round now, and again each time after a rest of so many real milliseconds. */
  async start(restMs: number): Promise<void> {
    const waitMs = await this.runOnce().catch((error) => {
      if (!this.isStopped) this.parts.log.warn({ err: error }, 'what is no longer needed could not be removed')
      return undefined
    })
    if (!this.isStopped) this.callOff = this.parts.timers.after(waitMs ?? restMs, () => void this.start(restMs))
  }

  stop(): void {
    this.isStopped = true
    this.callOff()
  }

  /** One batch. @returns real milliseconds to wait before the next one; undefined when the round is over. */
  async runOnce(): Promise<number | undefined> {
    const startedAt = this.parts.clock.realNow()
    const round = this.round ?? this.goRound()
    this.round = round
    const { done } = await this.parts.world.endedRuns.run(() => round.next())
    if (done) this.round = undefined
    const tookMs = this.parts.clock.realNow() - startedAt
    return done ? undefined : Math.min(Math.max(tookMs, 1) * (1 / SHARE - 1), LONGEST_PAUSE_MS)
  }

  /** All there is to remove, batch by batch: runs first, since they need their events. */
  private async *goRound(): AsyncGenerator<void> {
    const { world, epoch, clock } = this.parts
    const { ageMs, completedRuns, failedRuns } = this.retention
    const db = world.readers
    const limit = this.batch
    const oldest = () => clock.realNow() - ageMs
    const runs = { endedBefore: oldest(), limit }
    yield* whole(limit, () => pruneRuns(db, epoch, { ...runs, how: 'completed', keep: completedRuns }))
    yield* whole(limit, () => pruneRuns(db, epoch, { ...runs, how: 'failed', keep: failedRuns }))
    yield* whole(limit, () => pruneClaims(db, epoch, clock.realNow(), limit))
    // In the time that rate limits go by: one that was moved on has left them behind.
    yield* whole(limit, () => pruneRateLimitStarts(db, epoch, clock.now(), limit))
    yield* whole(limit, () => pruneCancellations(db, epoch, oldest(), limit))
    yield* whole(limit, () => pruneThrottles(db, epoch, clock.realNow() - DAY_MS, limit))
    let after: EventCursor | undefined = { receivedAt: 0, id: '' }
    while (after) {
      after = await pruneEvents(db, epoch, { after, receivedBefore: oldest(), limit })
      yield
    }
  }
}

/** Batch after batch, until one finds less than it may take. */
async function* whole(limit: number, prune: () => Promise<number>): AsyncGenerator<void> {
  for (let removed = limit; removed === limit; ) {
    removed = await prune()
    yield
  }
}
