import { randomUUID } from 'node:crypto'
import type { Account } from '../../lib/db/generated/client'
import { parseMoney } from '../../lib/money/parse-money'
import type { NewProductForm } from '../../lib/products/fields'
import { movementsOf, type PlannedMovement, supplyOf } from './ledger'
import { type PlannedOrder, planOrders } from './plan'
import { type OrderRows, orderRows } from './rows'

const DAY_MS = 24 * 3_600_000
/** When the shop opened, and when its shelves were filled once more; days ago. */
const [OPENED, DELIVERED] = [93, 46]
const FIRST_NUMBER = 1_001

export type Shop = Pick<Account, 'id' | 'name' | 'slug' | 'currency' | 'timeZone'>
export type StockedProduct = Omit<NewProductForm, 'price'> & { id: string; priceMinor: number; opening: number }

export type History = {
  openedAt: Date
  products: StockedProduct[]
  customers: { id: string; name: string; email: string; createdAt: Date }[]
  orders: OrderRows[]
  moved: PlannedMovement[]
}

/**
 * What has become of a shop in three months.
 * @param hasOrders without them, it has its products alone.
 */
export function makeHistory(shop: Shop, forms: readonly NewProductForm[], now: Date, hasOrders: boolean): History {
  const goods = forms.map(({ price, ...form }) => ({ ...form, id: randomUUID(), priceMinor: minorOf(price, shop) }))
  const planned = hasOrders ? planOrders(goods, now, shop.timeZone) : []
  const customers = customersOf(planned)
  const [bySku, idOf] = [new Map(goods.map((each) => [each.sku, each])), new Map(customers.map((c) => [c.email, c.id]))]
  const orders = planned.map((each, i) => {
    const customerId = idOf.get(each.customer.email) ?? ''
    const about = { accountId: shop.id, currency: shop.currency, customerId, number: FIRST_NUMBER + i }
    return orderRows(each, about, bySku)
  })
  const byOrders = planned.flatMap(movementsOf)
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const supplied = goods.map((each) => {
    const moved = byOrders.filter(({ sku }) => sku === each.sku)
    return { ...each, ...supplyOf(moved, each.onHand, daysAgo(DELIVERED)) }
  })
  const deliveries = supplied.flatMap(({ sku, received }) =>
    received > 0 ? [delivery(sku, received, daysAgo(DELIVERED))] : [],
  )
  const moved = [...byOrders, ...deliveries].sort((a, b) => a.at.getTime() - b.at.getTime())
  return { openedAt: daysAgo(OPENED), products: supplied, customers, orders, moved }
}

/** Known by their address from their first order on. */
function customersOf(planned: readonly PlannedOrder[]): History['customers'] {
  const customers = new Map<string, History['customers'][number]>()
  for (const { customer, createdAt } of planned)
    if (!customers.has(customer.email))
      customers.set(customer.email, { id: randomUUID(), name: customer.name, email: customer.email, createdAt })
  return [...customers.values()]
}

function delivery(sku: string, onHandDelta: number, at: Date): PlannedMovement {
  return { sku, kind: 'received', onHandDelta, reservedDelta: 0, at, order: null }
}

function minorOf(price: string, { currency }: Shop): number {
  const read = parseMoney(price, currency)
  if (!read.ok) throw new Error(read.problem)
  return read.minor
}
