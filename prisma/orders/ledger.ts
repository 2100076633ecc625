import type { StockMovementKind } from '../../lib/db/generated/enums'
import { MOST_PIECES, type PlannedOrder } from './plan'

/** A line of the stock ledger; `order` is the place of the order in the plan that makes it. */
export type PlannedMovement = {
  sku: string
  kind: StockMovementKind
  onHandDelta: number
  reservedDelta: number
  at: Date
  order: number | null
}

/** What an order did to the stock. Pure. */
export function movementsOf(planned: PlannedOrder, order: number): PlannedMovement[] {
  const { items, outcome, placedAt, confirmedAt, endedAt } = planned
  if (!placedAt || outcome === 'outOfStock') return []
  return items.flatMap(({ sku, quantity }) => {
    const move = (kind: StockMovementKind, at: Date | null, onHandDelta: number, reservedDelta: number) =>
      at ? [{ sku, kind, at, onHandDelta, reservedDelta, order }] : []
    const reserved = move('reserved', placedAt, 0, quantity)
    if (!confirmedAt) return [...reserved, ...move('released', endedAt, 0, -quantity)]
    return [...reserved, ...move('sold', confirmedAt, -quantity, -quantity), ...move('returned', endedAt, quantity, 0)]
  })
}

/**
 * How much of a product there was at first, and the one delivery that it had since, so that there was enough at any
 * moment, and in the end there is what there should be. Pure.
 * @param moved what orders did to it.
 * @param delivery when it would have come.
 */
export function supplyOf(
  moved: readonly PlannedMovement[],
  onHand: number,
  delivery: Date,
): { opening: number; received: number } {
  const net = -moved.reduce((sum, { onHandDelta }) => sum + onHandDelta, 0)
  const early = moved.filter(({ kind, at }) => kind === 'sold' && at < delivery)
  const soldBefore = -early.reduce((sum, { onHandDelta }) => sum + onHandDelta, 0)
  // A shelf that is nearly empty by then.
  const opening = Math.min(onHand + net, soldBefore + MOST_PIECES)
  return { opening, received: onHand + net - opening }
}
