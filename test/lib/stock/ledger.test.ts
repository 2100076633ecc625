import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { adjustStock, type StockForm } from '@/lib/stock/adjust-stock'
import { countStock } from '@/lib/stock/count-stock'
import { releaseStock, returnStock, sellStock } from '@/lib/stock/order-stock'
import { reserveStock } from '@/lib/stock/reserve-stock'
import { addOrder, addProduct, openShop, ownShopDatabase, stockAndSums } from '../../support/shop'

ownShopDatabase()

type Act =
  | { act: 'adjust'; product: number; change: StockForm['change']; quantity: number }
  | { act: 'import'; counts: number[] }
  | { act: 'reserve'; order: number; items: number[] }
  | { act: 'release' | 'sell' | 'return'; order: number }

const PRODUCTS = 3
const small = fc.integer({ min: 0, max: 6 })
const order = fc.integer({ min: 0, max: 2 })
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    act: fc.constant('adjust' as const),
    product: fc.integer({ min: 0, max: PRODUCTS - 1 }),
    change: fc.constantFrom('received' as const, 'removed' as const, 'counted' as const),
    quantity: small,
  }),
  fc.record({ act: fc.constant('import' as const), counts: fc.array(small, { minLength: 1, maxLength: PRODUCTS }) }),
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('reserve' as const),
      order,
      items: fc.array(small, { minLength: 1, maxLength: PRODUCTS }).filter((items) => items.some((n) => n > 0)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constantFrom('release' as const, 'sell' as const, 'return' as const), order }),
  },
)

type Stock = { onHand: number; reserved: number }

/** The same shop as plain arithmetic, which the ledger is held against. */
class Model {
  stock: Stock[] = Array.from({ length: PRODUCTS }, () => ({ onHand: 4, reserved: 0 }))
  /** Pieces of each product that an order has reserved and was sold; none for an order that never had any. */
  orders = new Map<number, { reserved: number[]; sold: number[] }>()

  adjust({ product, change, quantity }: Extract<Act, { act: 'adjust' }>): void {
    const stock = this.stock[product] as Stock
    const after = { received: stock.onHand + quantity, removed: stock.onHand - quantity, counted: quantity }[change]
    if (after >= stock.reserved) stock.onHand = after
  }

  import(counts: number[]): void {
    for (const [n, counted] of counts.entries()) {
      const stock = this.stock[n] as Stock
      if (counted >= stock.reserved) stock.onHand = counted
    }
  }

  /** @returns how the verb should answer. */
  reserve(order: number, items: number[]): 'ok' | 'short' | 'released' {
    const before = this.orders.get(order)
    if (before) return [...before.reserved, ...before.sold].some((n) => n > 0) ? 'ok' : 'released'
    if (items.some((n, at) => n > this.available(at))) return 'short'
    for (const [at, n] of items.entries()) (this.stock[at] as Stock).reserved += n
    this.orders.set(order, { reserved: [...items], sold: items.map(() => 0) })
    return 'ok'
  }

  settle(act: 'release' | 'sell' | 'return', order: number): void {
    const has = this.orders.get(order)
    if (!has) return
    for (const [at, reserved] of has.reserved.entries()) {
      const [stock, sold] = [this.stock[at] as Stock, has.sold[at] ?? 0]
      if (act === 'return') {
        stock.onHand += sold
        has.sold[at] = 0
        continue
      }
      stock.reserved -= reserved
      has.reserved[at] = 0
      if (act === 'release') continue
      stock.onHand -= reserved
      has.sold[at] = sold + reserved
    }
  }

  private available(at: number): number {
    const { onHand, reserved } = this.stock[at] as Stock
    return onHand - reserved
  }
}

/** Does an act to the real shop, under a key of its own. @returns how a reservation was answered. */
async function perform(actor: Actor, productIds: string[], orders: string[], act: Act, key: string) {
  const accountId = actor.account.id
  if (act.act === 'adjust') {
    const { product, change, quantity } = act
    await adjustStock(actor, productIds[product] ?? '', { change, quantity, note: '', formId: key })
    return
  }
  if (act.act === 'import') {
    const counts = act.counts.map((onHand, n) => {
      const productId = productIds[n] ?? ''
      return { productId, onHand, key: `import/${key}/${productId}` }
    })
    await db().$transaction((tx) => countStock(tx, { accountId, kind: 'imported', counts }))
    return
  }
  const order = { accountId, orderId: orders[act.order] ?? '' }
  return db().$transaction(async (tx) => {
    // What every order verb does first: it holds the order's row.
    await tx.$executeRaw`SELECT 1 FROM "Order" WHERE "id" = ${order.orderId} FOR NO KEY UPDATE`
    if (act.act !== 'reserve') {
      await { release: releaseStock, sell: sellStock, return: returnStock }[act.act](tx, order)
      return
    }
    const items = act.items
      .map((quantity, n) => ({ productId: productIds[n] ?? '', quantity }))
      .filter(({ quantity }) => quantity > 0)
    const answer = await reserveStock(tx, { ...order, items })
    return answer.ok ? 'ok' : answer.why
  })
}

describe('the stock ledger', () => {
  it('sums up to the stock, which is what arithmetic says, whatever is done, and however often at once', async () => {
    const script = fc.array(fc.record({ act, times: fc.constantFrom(1, 1, 2, 3) }), { minLength: 1, maxLength: 14 })
    await fc.assert(
      fc.asyncProperty(script, async (acts) => {
        const actor = await openShop()
        const productIds: string[] = []
        for (let n = 0; n < PRODUCTS; n++) productIds.push(await addProduct(actor, { sku: `P-${n}`, onHand: 4 }))
        const orders = [await addOrder(actor), await addOrder(actor), await addOrder(actor)]
        const model = new Model()
        for (const { act, times } of acts) {
          const key = randomUUID()
          const answers = await Promise.all(
            Array.from({ length: times }, () => perform(actor, productIds, orders, act, key)),
          )
          if (act.act === 'adjust') model.adjust(act)
          else if (act.act === 'import') model.import(act.counts)
          else if (act.act === 'reserve')
            expect(new Set(answers)).toEqual(new Set([model.reserve(act.order, act.items)]))
          else model.settle(act.act, act.order)
          const found = await stockAndSums(actor)
          expect(found.map(({ onHand, reserved }) => ({ onHand, reserved }))).toEqual(model.stock)
          for (const { onHand, reserved, onHandSum, reservedSum } of found)
            expect([onHandSum, reservedSum]).toEqual([onHand, reserved])
        }
      }),
      { numRuns: 15 },
    )
  })
})
