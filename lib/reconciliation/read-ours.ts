import { db } from '../db'
import type { ProviderIntent } from '../payments/provider-records'
import type { Ours } from './judge-intent'

/** What our tables say of some intents, by the intent's id. */
export async function readOurs(intents: readonly Pick<ProviderIntent, 'id' | 'orderId'>[]): Promise<Map<string, Ours>> {
  const payments = await db().payment.findMany({
    where: { providerIntentId: { in: intents.map(({ id }) => id) } },
    include: { refund: true },
  })
  const paymentOf = new Map(payments.map((payment) => [payment.providerIntentId, payment]))
  const orderIds = intents.map(({ id, orderId }) => paymentOf.get(id)?.orderId ?? orderId ?? '')
  const orders = await db().order.findMany({ where: { id: { in: orderIds } }, include: { payments: true } })
  const orderOf = new Map(orders.map((order) => [order.id, order]))
  return new Map(
    intents.map(({ id }, n) => [
      id,
      { payment: paymentOf.get(id) ?? null, order: orderOf.get(orderIds[n] ?? '') ?? null },
    ]),
  )
}
