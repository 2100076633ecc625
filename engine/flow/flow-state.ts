import { Batches } from './batch'
import { PendingStarts } from './pending-starts'
import { RateLimits } from './rate-limit'
import { Singletons } from './singleton'
import { ThrottleGate } from './throttle-gate'

/** What flow control remembers from one event to the next. All of it stands in tables too. */
export class FlowState {
  readonly batches: Batches
  readonly pending: PendingStarts
  readonly rateLimits = new RateLimits()
  readonly singletons = new Singletons()
  readonly throttles = new ThrottleGate()

  /** @param isHeldBack whether a function starts nothing for now. */
  constructor(isHeldBack: (functionId: string) => boolean = () => false) {
    this.batches = new Batches(isHeldBack)
    this.pending = new PendingStarts(isHeldBack)
  }

  /** A function is held back no longer: what came due meanwhile is due now. */
  release(): void {
    this.batches.release()
    this.pending.release()
  }

  clear(): void {
    for (const part of [this.batches, this.pending, this.rateLimits, this.singletons, this.throttles]) part.clear()
  }

  /** The earliest instant at which a start comes due. */
  nextStartAt(): number | undefined {
    const [batch, pending] = [this.batches.nextAt(), this.pending.nextAt()]
    if (batch === undefined || pending === undefined) return batch ?? pending
    return Math.min(batch, pending)
  }
}
