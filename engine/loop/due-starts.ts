import type { Logger } from 'pino'
import type { EngineClock } from '../clock'
import { sleep, type Timers } from '../timers'
import type { Lane } from './lane'
import { batchesStarted, startsMade } from './operations/start-operations'
import type { World } from './world'

/** Real milliseconds between a round that failed and the next one. */
const PAUSE_MS = 1_000

export type DueStartsParts = {
  world: World
  lane: Lane
  clock: EngineClock
  log: Logger
  timers: Timers
  /** Called when what was due has been started. */
  done: () => void
}

/** Hands batches that are due, and starts that were put off until now, to the lane; one round at a time. */
export class DueStarts {
  private isUnderWay = false

  constructor(private readonly parts: DueStartsParts) {}

  nextAt(): number | undefined {
    // While a round is under way the next one is decided by its end.
    return this.isUnderWay ? undefined : this.parts.world.flow.nextStartAt()
  }

  pump(now: number): void {
    const at = this.nextAt()
    if (at !== undefined && at <= now) void this.round(now)
  }

  /** The functions for which something is due. */
  unsettled(now: number): string[] {
    const { batches, pending } = this.parts.world.flow
    return [...batches.upTo(now, Number.POSITIVE_INFINITY), ...pending.upTo(now, Number.POSITIVE_INFINITY)].map(
      ({ functionId }) => functionId,
    )
  }

  private async round(now: number): Promise<void> {
    const { world, lane, clock, log, timers, done } = this.parts
    const isDue = (at: number | undefined) => at !== undefined && at <= now
    this.isUnderWay = true
    try {
      await Promise.all([
        isDue(world.flow.batches.nextAt()) && lane.submit(batchesStarted(world, clock)),
        isDue(world.flow.pending.nextAt()) && lane.submit(startsMade(world, clock)),
      ])
    } catch (error) {
      log.error({ err: error }, 'what was due could not be started')
      await sleep(timers, PAUSE_MS)
    } finally {
      this.isUnderWay = false
    }
    done()
  }
}
