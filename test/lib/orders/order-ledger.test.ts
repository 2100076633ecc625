import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { acceptCard } from '@/lib/orders/accept-card'
import { cancelOrder } from '@/lib/orders/cancel-order'
import { processPayment } from '@/lib/orders/process-payment'
import { refundOrder } from '@/lib/orders/refund-order'
import { reserveInventory } from '@/lib/orders/reserve-inventory'
import { sendConfirmation, sendOutcome } from '@/lib/orders/send-order-letter'
import { closePayments, endOrder, settlePayment } from '@/lib/orders/settle-order'
import { ownApp } from '../../support/app'
import { checkedOut, checkoutForm, expectTruth, withPayments } from '../../support/orders'
import { CARDS, ownPayments } from '../../support/payments'
import { addProduct, openShop } from '../../support/shop'

const app = ownApp()
const payments = ownPayments()
withPayments(app, payments)

const ORDERS = 3
const verbs = ['reserve', 'pay', 'cancel', 'refund', 'settle', 'give up'] as const
type Act = { verb: (typeof verbs)[number]; order: number }
const act: fc.Arbitrary<Act> = fc.record({
  verb: fc.constantFrom(...verbs),
  order: fc.integer({ min: 0, max: ORDERS - 1 }),
})
/** What happens at once; one after the other. */
const script = fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 8 })
const fault = fc.constantFrom(
  { kind: 'none' },
  { kind: 'server-error', times: 2 },
  { kind: 'server-error', times: 2, afterWork: true },
  { kind: 'lose-answer', times: 3 },
  { kind: 'decline', times: 1 },
)

async function settle(orderId: string, endingAs?: 'failed'): Promise<void> {
  const begun = await closePayments(orderId, endingAs)
  if (begun.isNeeded) for (const id of begun.paymentIds) await settlePayment(id)
  await endOrder(orderId)
}

/** A verb as a step does it: in its turn only, where there is one, and an error is for a later try. */
async function perform(actor: Actor, { verb }: Act, orderId: string): Promise<void> {
  const verbs: Record<Act['verb'], () => Promise<unknown>> = {
    reserve: () => reserveInventory(orderId),
    pay: async () => {
      const reserved = await reserveInventory(orderId)
      return reserved.ok ? processPayment(orderId) : reserved
    },
    cancel: () => cancelOrder(actor, orderId),
    refund: () => refundOrder(actor, orderId),
    settle: () => settle(orderId),
    'give up': () => settle(orderId, 'failed'),
  }
  await verbs[verb]().catch(() => undefined)
}

/** Tries until it succeeds, as steps do. */
async function insisted(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++)
    try {
      await work()
      return
    } catch (error) {
      if (tries >= 12) throw error
    }
}

describe('stock, money and status of orders', () => {
  it('come to the truth, whatever is done to them, in which order, at once, and whatever the provider does', async () => {
    await fc.assert(
      fc.asyncProperty(script, fault, async (turns, trouble) => {
        const actor = await openShop()
        const mug = await addProduct(actor, { price: '12.50', onHand: 2 })
        const orderIds: string[] = []
        for (let n = 0; n < ORDERS; n++) {
          const { orderId } = await checkedOut(checkoutForm(actor, mug), n === 2 ? CARDS.declinedLater : CARDS.good)
          await acceptCard({ id: orderId })
          orderIds.push(orderId)
        }
        await payments.fault(trouble)
        for (const acts of turns)
          await Promise.all(acts.map((each) => perform(actor, each, orderIds[each.order] ?? '')))
        await payments.fault({ kind: 'none' })
        for (const id of orderIds) {
          await insisted(() => settle(id, 'failed'))
          // What was charged while an order was given up is asked to be settled by whoever has charged it.
          await insisted(() => settle(id))
          await sendOutcome(id)
          if ((await db().order.findUniqueOrThrow({ where: { id } })).status === 'confirmed') await sendConfirmation(id)
        }
        const keys = app
          .mail()
          .letters()
          .map(({ key }) => key ?? '')
        await expectTruth(actor, payments, keys)
      }),
      { numRuns: 25 },
    )
    expect((await db().order.groupBy({ by: ['status'] })).length).toBeGreaterThan(2)
  }, 120_000)
})
