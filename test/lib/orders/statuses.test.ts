import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { OrderStatus } from '@/lib/db/generated/enums'
import { canBecome, isOver, settledStatuses } from '@/lib/orders/statuses'
import { addOrder, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
const statuses = Object.values(OrderStatus)
const at = new Date()
let actor: Actor

beforeEach(async () => {
  actor = await openShop()
})

/** The columns that an order of a status has, as its rules ask for. */
function columnsOf(status: OrderStatus) {
  const isPlaced = !['awaitingCard', 'expired'].includes(status)
  const isConfirmed = ['confirmed', 'refunded'].includes(status)
  return {
    ...{ status, placedAt: isPlaced ? at : null, confirmedAt: isConfirmed ? at : null },
    ...{ endedAt: isOver(status) ? at : null, providerCustomerId: 'cus_1', providerCardId: 'pm_1' },
  }
}

describe('an order’s status', () => {
  it('goes in the database just the ways that the table in code allows', async () => {
    for (const from of statuses)
      for (const to of statuses.filter((status) => status !== from)) {
        const id = await orderOf(from)
        const change = db().order.update({ where: { id }, data: columnsOf(to) })
        const word = `${from} → ${to}`
        if (canBecome(from, to)) await expect(change, word).resolves.toMatchObject({ status: to })
        else await expect(change, word).rejects.toThrow(/can't become/)
      }
  })

  it('has an end from which nothing leads on, and settling leads to ends alone', () => {
    expect(statuses.filter(isOver)).toEqual([...settledStatuses.slice(0, 4), 'expired', 'refunded'])
  })

  it('is never without the instants that belong to it', async () => {
    const id = await orderOf('placed')
    const change = (data: object) => db().order.update({ where: { id }, data })
    await expect(change({ status: 'confirmed' })).rejects.toThrow(/Order_instants_fit_status/)
    await expect(change({ status: 'cancelled' })).rejects.toThrow(/Order_instants_fit_status/)
    await expect(change({ cancelRequestedAt: at })).rejects.toThrow(/Order_cancel_ends_it/)
    await expect(change({ endingAs: 'placed' })).rejects.toThrow(/Order_ends_as_it_was_to/)
    await expect(change({ status: 'declined', endedAt: at, endingAs: 'cancelled' })).rejects.toThrow(/Order_ends_as/)
  })

  it('leaves no room for a second payment that succeeds', async () => {
    const orderId = await orderOf('placed')
    const payment = () => ({ id: randomUUID(), orderId, amountMinor: 100, currency: 'USD', createdAt: at })
    const paid = () => ({ ...payment(), status: 'succeeded' as const, providerIntentId: randomUUID(), endedAt: at })
    await db().payment.create({ data: paid() })
    await expect(db().payment.create({ data: paid() })).rejects.toMatchObject({ code: 'P2002' })
    await db().payment.create({ data: payment() })
    await expect(db().payment.create({ data: payment() })).rejects.toMatchObject({ code: 'P2002' })
  })
})

/** An order that is in a status already: how it came there is not asked of a row that is new. */
async function orderOf(status: OrderStatus): Promise<string> {
  const { id, number, customerId, searchText, ...row } = await db().order.findUniqueOrThrow({
    where: { id: await addOrder(actor) },
  })
  const fresh = { id: randomUUID(), publicId: randomUUID(), idempotencyKey: randomUUID(), number: number + 1_000_000 }
  return (await db().order.create({ data: { ...row, customerId, ...fresh, ...columnsOf(status) } })).id
}
