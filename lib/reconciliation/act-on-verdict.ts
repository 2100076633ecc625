import { randomUUID } from 'node:crypto'
import { now } from '../clock'
import type { Tx } from '../db'
import type { Order } from '../db/generated/client'
import { acceptCard } from '../orders/accept-card'
import { takeOverRefund } from '../orders/apply-webhook'
import { askForSettlement } from '../orders/end-as'
import { isUnderWay, withOrder } from '../orders/lock-order'
import { publish } from '../outbox/publish'
import type { ProviderIntent } from '../payments/provider-records'
import { noteDiscrepancy } from './discrepancies'
import type { Ours, Verdict } from './judge-intent'

/** What a comparison came to. */
export type Acted = 'agreed' | 'settled' | 'shown'

/** An intent, as the provider has it (or has not), and as we have it. */
export type Compared = { intentId: string; theirs: ProviderIntent | null; ours: Ours }

/** Does what a verdict says; done again, nothing more comes of it. */
export async function actOnVerdict(verdict: Verdict, { intentId, theirs, ours }: Compared): Promise<Acted> {
  if (verdict.is === 'agreed') return 'agreed'
  if (verdict.is === 'to show' || !theirs) {
    const { kind, theirsMinor, oursMinor } = verdict as Extract<Verdict, { is: 'to show' }>
    const { payment, order } = ours
    const currency = theirs?.currency ?? payment?.currency ?? ''
    const about = { intentId, currency, paymentId: payment?.id ?? null, orderId: order?.id ?? null }
    return (await noteDiscrepancy({ kind, theirsMinor, oursMinor, ...about }, now())) ? 'shown' : 'agreed'
  }
  if (verdict.is === 'to go on') await goOn(verdict.orderId, theirs)
  else if (verdict.is === 'to settle') await settle(verdict.orderId, theirs)
  else await takeOverRefund(verdict.chargeId)
  return 'settled'
}

/**
 * The order's own function looks at the intent that its payment has, finds it charged, and confirms; whether it has ended
 * before, or is still at it, is no matter. An order that waits for its card is placed by the one that was charged.
 */
async function goOn(orderId: string, theirs: ProviderIntent): Promise<void> {
  await acceptCard({ id: orderId })
  await withOrder(orderId, async (tx, order) => {
    await adopt(tx, order, theirs)
    if (!isUnderWay(order)) return
    const data = { orderId, total: order.totalMinor }
    await publish(tx, { name: 'order/placed', id: `order-placed/${orderId}/${theirs.id}`, data })
  })
}

function settle(orderId: string, theirs: ProviderIntent): Promise<void> {
  return withOrder(orderId, async (tx, order) => {
    await adopt(tx, order, theirs)
    // Once a day: what came of the last time is known by then.
    await askForSettlement(tx, orderId, `reconciled/${theirs.id}/${now().toISOString().slice(0, 10)}`)
  })
}

/** Gives a charge that no payment knows to its order's own, or to one that is made for it. */
async function adopt(tx: Tx, { id: orderId, status, endingAs }: Order, theirs: ProviderIntent): Promise<void> {
  const payments = await tx.payment.findMany({ where: { orderId } })
  if (payments.some(({ providerIntentId }) => providerIntentId !== null)) return
  const providerIntentId = theirs.id
  const [open] = payments
  if (open) {
    await tx.payment.update({ where: { id: open.id }, data: { providerIntentId } })
    return
  }
  const isWanted = (status === 'placed' || status === 'awaitingCard') && !endingAs
  const ended = isWanted ? {} : { status: 'closed' as const, endedAt: now() }
  const { chargedMinor: amountMinor, currency } = theirs
  const row = { id: randomUUID(), orderId, providerIntentId, amountMinor, currency, createdAt: now(), ...ended }
  await tx.payment.create({ data: row })
}
