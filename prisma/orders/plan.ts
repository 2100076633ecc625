import { makeInstants } from './calendar'
import { between, type Chance, chanceOf, pick } from './chance'
import { type DemoCustomer, makeCustomers } from './customers'

export type Outcome = 'confirmed' | 'declined' | 'outOfStock' | 'cancelled' | 'refunded' | 'expired'

/** An order as it went: when each thing happened to it, or null where it never did. */
export type PlannedOrder = {
  customer: DemoCustomer
  items: { sku: string; quantity: number }[]
  outcome: Outcome
  createdAt: Date
  placedAt: Date | null
  confirmedAt: Date | null
  endedAt: Date | null
}

export const ORDER_COUNT = 200
const CUSTOMER_COUNT = 84
/** Of one thing in an order. */
export const MOST_PIECES = 4
const DAY_MS = 24 * 3_600_000
const CARD_LIMIT_MS = 30 * 60_000

/** How many come out otherwise than confirmed, of those that are more than a week old; the last pieces go apart. */
const UNHAPPY: Outcome[] = [
  ...Array<Outcome>(8).fill('declined'),
  ...Array<Outcome>(5).fill('cancelled'),
  ...Array<Outcome>(5).fill('refunded'),
  ...Array<Outcome>(4).fill('expired'),
]

/** What a shop sells, and how much of it is to be left in the end. */
export type Goods = { sku: string; onHand: number; priceMinor: number }

/**
 * Three months of orders of a shop. The same for the same instant. Pure.
 * @returns oldest first.
 */
export function planOrders(goods: readonly Goods[], now: Date, timeZone: string): PlannedOrder[] {
  const chance = chanceOf(20_261_125)
  const people = makeCustomers(chance, CUSTOMER_COUNT)
  const soldOut = goods.filter(({ onHand }) => onHand === 0)
  const instants = makeInstants(chance, { count: ORDER_COUNT - soldOut.length, now, timeZone })
  const outcomes = makeOutcomes(chance, instants, now)
  const orders = instants.map((createdAt, i) =>
    order(chance, {
      ...{ createdAt, now, outcome: outcomes.get(i) ?? 'confirmed', items: basket(chance, goods) },
      // Some come often.
      customer: people[Math.floor(chance() ** 1.7 * people.length)] as DemoCustomer,
    }),
  )
  const losers = soldOut.map(({ sku }, i) => sellOut(chance, { sku, orders, days: 3 + 4 * i, now, people }))
  return [...orders, ...losers].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
}

function makeOutcomes(chance: Chance, instants: Date[], now: Date): Map<number, Outcome> {
  const old = instants.filter((at) => now.getTime() - at.getTime() > 12 * DAY_MS).length
  const outcomes = new Map<number, Outcome>()
  for (const outcome of UNHAPPY) {
    let at = between(chance, 0, old - 1)
    while (outcomes.has(at)) at = (at + 1) % old
    outcomes.set(at, outcome)
  }
  return outcomes
}

/** One to three things, the cheap ones more often and more of them. What is sold out in the end goes apart. */
function basket(chance: Chance, goods: readonly Goods[]): PlannedOrder['items'] {
  const items = new Map<string, number>()
  const kinds = pick(chance, [1, 1, 1, 2, 2, 3])
  while (items.size < kinds) {
    const { sku, priceMinor, onHand } = pick(
      chance,
      goods.filter(({ onHand }) => onHand > 0),
      (each) => 1 / Math.sqrt(each.priceMinor),
    )
    const quantity = priceMinor < 1_500 ? between(chance, 1, MOST_PIECES) : pick(chance, [1, 1, 1, 2])
    // So many were there at any time.
    items.set(sku, Math.min(quantity, onHand))
  }
  return [...items].map(([sku, quantity]) => ({ sku, quantity }))
}

type Begun = Pick<PlannedOrder, 'customer' | 'items' | 'outcome' | 'createdAt'> & { now: Date }

/** What became of an order, and when. */
function order(chance: Chance, { now, ...begun }: Begun): PlannedOrder {
  const { outcome, createdAt } = begun
  const after = (from: Date, ms: number) => new Date(from.getTime() + ms)
  if (outcome === 'expired')
    return { ...begun, placedAt: null, confirmedAt: null, endedAt: after(createdAt, CARD_LIMIT_MS + 90_000) }
  // A card takes a minute or two; today's latest has had no more than that.
  const sinceMs = now.getTime() - createdAt.getTime()
  const placedAt = after(createdAt, Math.min(between(chance, 40_000, 190_000), Math.floor(sinceMs / 2)))
  const worked = after(placedAt, Math.min(between(chance, 180, 900), Math.floor(sinceMs / 4)))
  if (outcome === 'declined' || outcome === 'outOfStock')
    return { ...begun, placedAt, confirmedAt: null, endedAt: worked }
  if (outcome === 'confirmed') return { ...begun, placedAt, confirmedAt: worked, endedAt: null }
  const [least, most] = outcome === 'cancelled' ? [0.05, 0.8] : [2, 9]
  return {
    ...begun,
    placedAt,
    confirmedAt: worked,
    endedAt: after(worked, (least + chance() * (most - least)) * DAY_MS),
  }
}

/**
 * Lets the last pieces of something go: the order of some days ago takes them, and another one, which had them in its
 * basket at the same moment, comes too late.
 * @returns the one that came too late.
 */
function sellOut(
  chance: Chance,
  {
    sku,
    orders,
    days,
    now,
    people,
  }: { sku: string; orders: PlannedOrder[]; days: number; now: Date; people: DemoCustomer[] },
): PlannedOrder {
  const winner = orders.findLast(({ createdAt }) => now.getTime() - createdAt.getTime() > days * DAY_MS)
  if (!winner) throw new Error('There is no order that old.')
  Object.assign(winner, order(chance, { ...winner, now, outcome: 'confirmed', items: [{ sku, quantity: 2 }] }))
  const customer = people.find(({ email }) => email !== winner.customer.email) as DemoCustomer
  const createdAt = new Date(winner.createdAt.getTime() + 9_000)
  const late = order(chance, { customer, createdAt, now, outcome: 'outOfStock', items: [{ sku, quantity: 1 }] })
  const behindMs = (winner.confirmedAt?.getTime() ?? 0) + 1_000 - (late.placedAt?.getTime() ?? 0)
  const later = (at: Date | null) => at && new Date(at.getTime() + Math.max(0, behindMs))
  return { ...late, placedAt: later(late.placedAt), endedAt: later(late.endedAt) }
}
