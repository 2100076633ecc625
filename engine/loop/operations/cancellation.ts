import { finishRun } from '../../execution/finish'
import { holds } from '../../flow/expression'
import { isActive, type Run } from '../../model/run'
import type { CancellationRow } from '../../store/tables'
import type { Operation } from '../lane'
import type { World } from '../world'
import { loadFinishWaits } from './take-in'

/** Notes an order to cancel in bulk. */
export function cancellationOrdered(world: World, order: CancellationRow): Operation<void> {
  return {
    name: 'order cancellation',
    decide: ({ draft }) => {
      world.cancellations.set(order.id, order)
      draft.changes.put('cancellation', order)
    },
  }
}

/** Lifts an order: runs that it has not reached yet go on. */
export function cancellationLifted(world: World, order: CancellationRow): Operation<void> {
  return {
    name: 'lift cancellation',
    decide: ({ draft }) => {
      world.cancellations.delete(order.id)
      draft.changes.remove('cancellation', order)
    },
  }
}

/**
 * Carries out a part of an order: cancels those of these runs that it means, and notes how far it has come in the same
 * commit.
 * @param isLast true where no runs are left after these.
 * @returns false when the order was lifted meanwhile.
 */
export function cancelledInBulk(world: World, orderId: string, runIds: string[], isLast: boolean): Operation<boolean> {
  return {
    name: 'cancel in bulk',
    load: () => Promise.all([world.load(runIds), loadFinishWaits(world)]).then(() => undefined),
    decide: ({ draft }) => {
      const order = world.cancellations.get(orderId)
      if (!order) return false
      const meant = runIds.flatMap((id) => {
        const run = draft.runById(id)
        return run && isActive(run) && means(order, run) ? [run] : []
      })
      for (const run of meant) finishRun(draft, run, { status: 'cancelled' })
      const seenUpTo = runIds.at(-1) ?? order.seenUpTo
      const moved = { ...order, seenUpTo, cancelled: order.cancelled + meant.length, isDone: isLast }
      draft.changes.put('cancellation', moved)
      if (isLast) world.cancellations.delete(orderId)
      else world.cancellations.set(orderId, moved)
      return true
    },
  }
}

function means({ expression }: CancellationRow, run: Run): boolean {
  return expression === null || holds(expression, { event: JSON.parse(run.events[0]?.body ?? 'null') })
}
