import { randomUUID } from 'node:crypto'
import { beforeEach, expect } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import type { CheckoutForm } from '@/lib/orders/fields'
import { placeOrder } from '@/lib/orders/place-order'
import type { ownApp } from './app'
import { authenticate, CARDS, type ownPayments, typeCard, WEBHOOK_SECRET } from './payments'
import { addOrder, stockAndSums } from './shop'

type Payments = ReturnType<typeof ownPayments>

/** Lets the app of a file's tests ask their payment sandbox. */
export function withPayments(app: Pick<ReturnType<typeof ownApp>, 'setEnv'>, payments: Payments): void {
  beforeEach(() => app.setEnv({ STRIPE_BASE_URL: payments.url(), STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET }))
}

/** An order by its rows alone, whose card was given: no event tells of it. @returns its id. */
export async function placedOrder(actor: Actor, items: { productId: string; quantity: number }[]): Promise<string> {
  const id = await addOrder(actor)
  const rows = items.map((item, position) => ({ ...item, position, sku: 'S', title: 'T', priceMinor: 100 }))
  await db().order.update({
    where: { id },
    data: {
      ...{ status: 'placed', placedAt: new Date(), providerCustomerId: 'cus_1', providerCardId: 'pm_1' },
      items: { create: rows.map((row) => ({ ...row, totalMinor: row.priceMinor * row.quantity })) },
    },
  })
  return id
}

/**
 * Many orders of one customer at once, by their rows alone, which wait for a card and are older than all that come later.
 * Every tenth is of Zebedee, all others of Cora.
 */
export async function addOrders({ account }: Pick<Actor, 'account'>, count: number): Promise<void> {
  const customer = { id: randomUUID(), accountId: account.id, email: `${randomUUID()}@example.com`, name: 'Cora' }
  await db().customer.create({ data: { ...customer, createdAt: new Date() } })
  await db().$executeRaw`
    INSERT INTO "Order" ("id", "publicId", "accountId", "number", "customerId", "customerName", "customerEmail", "address", "totalMinor",
      "currency", "idempotencyKey", "formHash", "createdAt", "expiresAt")
    SELECT id, id, ${account.id}, n, ${customer.id}, CASE WHEN n % 10 = 0 THEN 'Zebedee' ELSE 'Cora' END, ${customer.email},
      '1 High Street', 1250, ${account.currency}, id, '', now(), now()
    FROM generate_series(1, ${count}::int) AS n CROSS JOIN LATERAL (SELECT ${customer.id} || '-' || n AS id) AS made`
}

/** A checkout's form that is right in every field. */
export function checkoutForm(
  { account }: Pick<Actor, 'account'>,
  productId: string,
  change: Partial<CheckoutForm> = {},
): CheckoutForm {
  return {
    ...{ shop: account.slug, idempotencyKey: randomUUID(), name: 'Cora', email: 'cora@example.com' },
    ...{ address: '1 High Street, Springfield', items: [{ productId, quantity: 1 }], ...change },
  }
}

/** A customer orders, and gives a card on the provider's page. @returns the order, which has not heard of the card yet. */
export async function checkedOut(form: CheckoutForm, card: string = CARDS.good) {
  const placed = await placeOrder(form)
  if (!placed.ok) throw new Error(JSON.stringify(placed))
  const session = { url: placed.checkoutUrl } as Parameters<typeof typeCard>[0]
  const answer = await typeCard(session, card)
  if (answer.location === placed.checkoutUrl) await authenticate(session, 'complete')
  return { ...placed, returnsTo: answer.location ?? '' }
}

/** An order with all that belongs to it. */
export function orderWhole(id: string) {
  return db().order.findUniqueOrThrow({
    where: { id },
    include: { payments: true, refunds: true, movements: { orderBy: { id: 'asc' } } },
  })
}

/**
 * Holds the whole of a shop against what must be true once nothing is under way: every order has come out, its stock and
 * its money are where that says, at the provider too, and each customer was told once.
 */
export async function expectTruth(actor: Actor, payments: Payments, letterKeys: string[]): Promise<void> {
  const orders = await db().order.findMany({
    where: { accountId: actor.account.id },
    include: { payments: true, refunds: true, movements: true },
  })
  const atProvider = await payments.payments()
  for (const order of orders) {
    const word = `order ${order.number}, ${order.status}`
    expect(['placed', 'awaitingCard'], word).not.toContain(order.status)
    const charges = atProvider
      .filter(({ payment_intent: { metadata } }) => metadata.orderId === order.id)
      .flatMap((each) => each.charges.filter(({ status }) => status === 'succeeded'))
    const isConfirmed = order.status === 'confirmed'
    const kept = charges.reduce((sum, { amount, amount_refunded }) => sum + amount - amount_refunded, 0)
    expect(charges.length, `${word}: charges`).toBeLessThanOrEqual(1)
    expect(kept, `${word}: money`).toBe(isConfirmed ? order.totalMinor : 0)
    const given = (of: { amount_refunded: number }[]) =>
      of.reduce((total, { amount_refunded }) => total + amount_refunded, 0)
    const known = order.payments.reduce((total, { refundedMinor }) => total + refundedMinor, 0)
    expect(known, `${word}: given back`).toBe(given(charges))
    expect(
      order.payments.filter(({ status }) => status === 'open'),
      word,
    ).toEqual([])
    const sum = (of: (m: (typeof order.movements)[number]) => number) => order.movements.reduce((n, m) => n + of(m), 0)
    expect(
      sum((m) => m.reservedDelta),
      `${word}: reserved`,
    ).toBe(0)
    expect(sum((m) => m.onHandDelta) < 0, `${word}: sold`).toBe(isConfirmed)
    const letters = letterKeys.filter((key) => key.startsWith(`order/${order.id}/`))
    const confirmations = letters.filter((key) => key.endsWith('/confirmation'))
    if (!order.confirmedAt) expect(confirmations, word).toEqual([])
    if (isConfirmed) expect(confirmations, word).toHaveLength(1)
    if (order.placedAt && !isConfirmed)
      expect(
        letters.filter((key) => key.endsWith('/not-confirmed')),
        word,
      ).toHaveLength(1)
  }
  for (const { onHand, reserved, onHandSum, reservedSum } of await stockAndSums(actor))
    expect([onHand, reserved]).toEqual([onHandSum, reservedSum])
}
