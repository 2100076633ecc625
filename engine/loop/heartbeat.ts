import type { Logger } from 'pino'
import type { Timers } from '../timers'
import type { Lane, Operation } from './lane'
import type { Lease } from './lease'

export type HeartbeatParts = {
  lane: Lane
  epoch: number
  lease: Lease
  /** Real time by two clocks: the machine's can be set, and the steady one may stand still while the machine sleeps. */
  realNow: () => number
  steadyNow: () => number
  timers: Timers
  log: Logger
}

type Instant = { real: number; steady: number }

/**
 * The leader's sign of life, for standbys to see and for itself: after a pause of its own process another engine may
 * lead, and have done what still stands as due in this one's memory. Commits are refused by their epoch; calls to an
 * app are not, so before each call the lead must have been confirmed a short while ago.
 */
export class Heartbeat {
  private confirmedAt: Instant | undefined
  private renewing: Promise<void> | undefined
  private callOffBeat = () => {}
  private beats = 0
  private isStopped = false

  constructor(private readonly parts: HeartbeatParts) {}

  /** Beats now and from now on. */
  async start(): Promise<void> {
    await this.runOnce().catch((error) => {
      if (!this.isStopped) this.parts.log.error({ err: error }, 'a sign of life could not be written')
    })
    const { timers, lease } = this.parts
    if (!this.isStopped) this.callOffBeat = timers.after(lease.beatMs, () => void this.start())
  }

  stop(): void {
    this.isStopped = true
    this.callOffBeat()
  }

  /** One beat, or the one that is under way. It is a commit like any other: an engine whose lane is stuck has no pulse. */
  runOnce(): Promise<void> {
    this.renewing ??= this.beat().finally(() => {
      this.renewing = undefined
    })
    return this.renewing
  }

  /** Something speaks against it: this engine is not sure any more, until its next sign of life is written. */
  doubt(): void {
    this.confirmedAt = undefined
  }

  get isSure(): boolean {
    if (!this.confirmedAt) return false
    const { realNow, steadyNow, lease } = this.parts
    const { real, steady } = this.confirmedAt
    return Math.max(realNow() - real, steadyNow() - steady) < lease.trustMs
  }

  /** Resolves when this engine is sure to lead; rejects when another one does. */
  async untilSure(): Promise<void> {
    while (!this.isSure) await this.runOnce()
  }

  /** As `untilSure`, by a sign of life that begins only now: nothing else tells that no other engine leads by now. */
  async confirm(): Promise<void> {
    await this.renewing?.catch(() => undefined)
    await this.runOnce()
  }

  private async beat(): Promise<void> {
    const { lane, epoch, realNow, steadyNow } = this.parts
    // From before it was sent: a standby can't have seen it earlier.
    const sentAt = { real: realNow(), steady: steadyNow() }
    await lane.submit(signOfLife(`${epoch}.${++this.beats}`))
    this.confirmedAt = sentAt
  }
}

function signOfLife(value: string): Operation<void> {
  return { name: 'heartbeat', decide: ({ draft }) => draft.changes.put('meta', { key: 'heartbeat', value }) }
}
