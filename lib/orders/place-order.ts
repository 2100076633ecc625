import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { now } from '../clock'
import { db, isUniqueViolation, type Tx } from '../db'
import type { Account, Order } from '../db/generated/client'
import { formatMoney } from '../money/format-money'
import { publish } from '../outbox/publish'
import { ProviderAwayError } from '../payments/provider-error'
import type { CheckoutForm } from './fields'
import { openCheckout } from './open-checkout'
import { type Priced, priceItems } from './price-items'

export type OrderPlaced =
  | { ok: true; orderId: string; publicId: string; number: number; checkoutUrl: string | null }
  /** Which fields are wrong. Without any, the payment provider can't be reached: the same form may be sent again. */
  | { ok: false; message: string; fields?: Record<string, string> }

/** How long a customer has to give a card. */
const CARD_LIMIT_MS = 30 * 60_000
/** The provider's page is open a little longer; whether a card came at the last moment is looked up after that. */
const LOOK_AFTER_MS = CARD_LIMIT_MS + 90_000

const AWAY: OrderPlaced = { ok: false, message: 'Payments can’t be taken for a moment. Please try again soon.' }

/**
 * Takes an order of a customer, whose prices are those of the shop at this moment, and opens the page on which they give
 * a card. The same form again is the same order.
 * @returns the page's address; null where a card was given already, or the order is over. Or what is wrong, which may be
 *   that it comes to something else than the customer has seen.
 */
export async function placeOrder(form: CheckoutForm): Promise<OrderPlaced> {
  const account = await db().account.findUnique({ where: { slug: form.shop } })
  if (!account?.isActive)
    return { ok: false, message: 'There is no such shop.', fields: { shop: 'There is no such shop.' } }
  const order = await findOrWrite(account, form)
  if ('ok' in order) return order
  if (order.formHash !== hashOf(form)) {
    const problem = 'This form was sent before, with something else in it. Reload the page.'
    return { ok: false, message: problem, fields: { idempotencyKey: problem } }
  }
  try {
    const checkoutUrl = await openCheckout(order, account)
    return { ok: true, orderId: order.id, publicId: order.publicId, number: order.number, checkoutUrl }
  } catch (error) {
    if (error instanceof ProviderAwayError) return AWAY
    throw error
  }
}

/** Most forms come once: whether this one was sent before is asked only where it can't be written. */
async function findOrWrite(account: Account, form: CheckoutForm): Promise<Order | Extract<OrderPlaced, { ok: false }>> {
  const products = await db().product.findMany({
    where: { accountId: account.id, id: { in: form.items.map(({ productId }) => productId) } },
  })
  const priced = priceItems(form.items, products)
  if (!priced.ok || (form.totalMinor ?? priced.totalMinor) !== priced.totalMinor)
    return (await known(account, form)) ?? refusalOf(priced)
  try {
    return await db().$transaction((tx) => write(tx, account, form, priced), { maxWait: 10_000 })
  } catch (error) {
    const other = isUniqueViolation(error) ? await known(account, form) : null
    if (!other) throw error
    return other
  }
}

/** What came of the form when it was sent before. */
function known({ id: accountId }: Account, { idempotencyKey }: CheckoutForm): Promise<Order | null> {
  return db().order.findUnique({ where: { accountId_idempotencyKey: { accountId, idempotencyKey } } })
}

function refusalOf(priced: Priced): Extract<OrderPlaced, { ok: false }> {
  if (!priced.ok) return { ok: false, message: 'Some of this can’t be ordered.', fields: priced.fields }
  const problem = `A price has changed: this comes to ${formatMoney(priced.totalMinor, priced.currency)} now.`
  return { ok: false, message: problem, fields: { totalMinor: problem } }
}

async function write(
  tx: Tx,
  { id: accountId }: Account,
  form: CheckoutForm,
  { items, totalMinor, currency }: Extract<Priced, { ok: true }>,
): Promise<Order> {
  const [id, createdAt] = [randomUUID(), now()]
  const { name, email, address, idempotencyKey } = form
  await publish(tx, {
    name: 'order/checkout-lapsed',
    id: `order-checkout-lapsed/${id}`,
    data: { orderId: id },
    deliverAt: new Date(createdAt.getTime() + LOOK_AFTER_MS),
  })
  // From here on the shop's next order waits for this one.
  const { customerId, number } = await customerAndNumber(tx, { accountId, email, name, createdAt })
  const order = await tx.order.create({
    data: {
      ...{ id, accountId, number, customerId, address, totalMinor, currency, idempotencyKey, createdAt },
      ...{ customerName: name, customerEmail: email, formHash: hashOf(form) },
      publicId: randomBytes(24).toString('base64url'),
      expiresAt: new Date(createdAt.getTime() + CARD_LIMIT_MS),
    },
  })
  await tx.orderItem.createMany({ data: items.map((item) => ({ ...item, orderId: id })) })
  return order
}

/** Who orders, by their address, and the shop's next number. */
async function customerAndNumber(
  tx: Tx,
  { accountId, email, name, createdAt }: { accountId: string; email: string; name: string; createdAt: Date },
): Promise<{ customerId: string; number: number }> {
  const [found] = await tx.$queryRaw<{ customerId: string; number: number }[]>`
    WITH customer AS (
      INSERT INTO "Customer" ("id", "accountId", "email", "name", "createdAt")
      VALUES (${randomUUID()}, ${accountId}, ${email}, ${name}, ${createdAt})
      ON CONFLICT ("accountId", "email") DO UPDATE SET "name" = excluded."name" RETURNING "id"
    ), number AS (
      INSERT INTO "OrderNumber" ("accountId", "last") VALUES (${accountId}, 1001)
      ON CONFLICT ("accountId") DO UPDATE SET "last" = "OrderNumber"."last" + 1 RETURNING "last"
    )
    SELECT customer."id" AS "customerId", number."last" AS "number" FROM customer, number`
  if (!found) throw new Error('an order without a number')
  return found
}

/** What a form holds, in short: a key that comes again with something else in it is a mistake. */
function hashOf({ name, email, address, items }: CheckoutForm): string {
  return createHash('sha256')
    .update(JSON.stringify([name, email, address, items.map(({ productId, quantity }) => [productId, quantity])]))
    .digest('hex')
}
