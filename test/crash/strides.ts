import { setTimeout as sleep } from 'node:timers/promises'
import type { CrashWorld } from './world'

/** Five days: all that was begun before they began is over by their end. */
export const STRIDE_DAYS = 5
const DAY_MS = 24 * 3_600_000
/** However often it is struck meanwhile, time gets five days on within so long; real time. */
const STRIDE_LIMIT_MS = 600_000

/** Moves the world's time on, five days at once. */
export class Strides {
  days = 0
  private readonly startedAt = Date.now()

  constructor(private readonly world: Pick<CrashWorld, 'move'>) {}

  /** Asks as often as it takes while things are being struck. */
  async stride(): Promise<void> {
    this.days += STRIDE_DAYS
    const to = new Date(this.startedAt + this.days * DAY_MS)
    const deadline = Date.now() + STRIDE_LIMIT_MS
    while (!(await this.world.move(to))) {
      if (Date.now() > deadline) throw new Error(`Time could not be moved to ${to.toISOString()}`)
      await sleep(200)
    }
  }
}
