import type { OrderStatus } from '../db/generated/enums'

export type { OrderStatus }

/**
 * The ways that an order's status can go; the database holds the same table.
 *
 *     awaitingCard ──► placed ──► confirmed ──► refunded
 *        │  │            │            └───────► cancelled
 *        │  └► expired   └──► declined, outOfStock, failed, cancelled
 *        └► cancelled
 */
export const orderTransitions: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  awaitingCard: ['placed', 'cancelled', 'expired'],
  placed: ['confirmed', 'declined', 'outOfStock', 'cancelled', 'failed'],
  confirmed: ['cancelled', 'refunded'],
  declined: [],
  outOfStock: [],
  cancelled: [],
  failed: [],
  expired: [],
  refunded: [],
}

export const orderStatuses = Object.keys(orderTransitions) as OrderStatus[]

/** Every status in words, as the database has them too. */
export const orderStatusWords = {
  awaitingCard: 'awaiting card',
  placed: 'placed',
  confirmed: 'confirmed',
  declined: 'declined',
  outOfStock: 'out of stock',
  cancelled: 'cancelled',
  failed: 'failed',
  expired: 'expired',
  refunded: 'refunded',
} as const satisfies Record<OrderStatus, string>

/** What an order can be brought to an end as by settling it. */
export const settledStatuses = ['declined', 'outOfStock', 'cancelled', 'failed', 'refunded'] as const
export type SettledStatus = (typeof settledStatuses)[number]

/** Whether the status may go from one to the other. Pure. */
export function canBecome(from: OrderStatus, to: OrderStatus): boolean {
  return orderTransitions[from].includes(to)
}

/** Whether nothing more can become of an order. Pure. */
export function isOver(status: OrderStatus): boolean {
  return orderTransitions[status].length === 0
}
