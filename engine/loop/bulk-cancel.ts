import type { Logger } from 'pino'
import { readRunsToCancel } from '../store/read-pages'
import type { CancellationRow } from '../store/tables'
import type { Timers } from '../timers'
import type { Lane } from './lane'
import { cancellationOrdered, cancelledInBulk } from './operations/cancellation'
import type { World } from './world'

/** So many runs are cancelled in one commit: more would hold up what else wants the lane. */
const RUNS_PER_COMMIT = 100

/** Real milliseconds after which an order is tried again that the database kept from being carried out. */
const PAUSE_MS = 1_000

/** Carries out orders to cancel many runs at once, in small parts, and goes on after a crash where it had come to. */
export class BulkCancel {
  private readonly naps = new Set<() => void>()
  private isStopped = false

  constructor(private readonly parts: { world: World; lane: Lane; log: Logger; timers: Timers }) {}

  /** Takes an order. It is noted when this resolves, and carried out from then on. */
  async order(order: CancellationRow): Promise<void> {
    const { world, lane } = this.parts
    await lane.submit(cancellationOrdered(world, order))
    void this.carryOut(order.id)
  }

  /** Goes on with the orders of an engine before this one. */
  resume(): void {
    for (const id of this.parts.world.cancellations.keys()) void this.carryOut(id)
  }

  stop(): void {
    this.isStopped = true
    for (const callOff of this.naps) callOff()
  }

  private async carryOut(orderId: string): Promise<void> {
    try {
      await this.runOnce(orderId)
    } catch (error) {
      if (this.isStopped) return
      this.parts.log.error({ err: error, orderId }, 'a bulk cancellation waits for the database')
      const callOff = this.parts.timers.after(PAUSE_MS, () => {
        this.naps.delete(callOff)
        void this.carryOut(orderId)
      })
      this.naps.add(callOff)
    }
  }

  /** One pass over all runs that an order means. */
  private async runOnce(orderId: string): Promise<void> {
    const { world, lane, log } = this.parts
    const order = world.cancellations.get(orderId)
    if (!order) return
    const ids = await readRunsToCancel(world.readers, order)
    for (let from = 0; ; from += RUNS_PER_COMMIT) {
      if (this.isStopped) return
      const isLast = from + RUNS_PER_COMMIT >= ids.length
      const part = ids.slice(from, from + RUNS_PER_COMMIT)
      if (!(await lane.submit(cancelledInBulk(world, orderId, part, isLast)))) return
      if (isLast) break
    }
    log.info({ orderId, functionId: order.functionId, runs: ids.length }, 'runs cancelled in bulk')
  }
}
