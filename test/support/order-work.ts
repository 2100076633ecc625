import { beforeEach, expect } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { acceptCard } from '@/lib/orders/accept-card'
import type { CheckoutForm } from '@/lib/orders/fields'
import { checkedOut, checkoutForm, expectTruth, withPayments } from './orders'
import { CARDS, ownPayments } from './payments'
import { ownProduct } from './product'
import { addProduct, openShop } from './shop'
import { workOf } from './work'

/** The product and a payment sandbox for each test of a file, and a shop with ten mugs at 12.50 whose orders are worked on. */
export function ownOrderWork() {
  const product = ownProduct()
  const payments = ownPayments()
  withPayments(product, payments)
  const { settle, runsOf, letters: deadLetters } = workOf(product)
  let actor: Actor
  let mug: string

  beforeEach(async () => {
    actor = await openShop()
    mug = await addProduct(actor, { price: '12.50', onHand: 10 })
  })

  const form = (change: Partial<CheckoutForm> = {}) => checkoutForm(actor, mug, change)
  /** Of the letters that went out. */
  const keys = () =>
    product
      .mail()
      .letters()
      .map(({ key }) => key ?? '')

  return {
    ...{ product, payments, settle, runsOf, deadLetters, form, keys },
    actor: () => actor,
    mug: () => mug,
    truth: () => expectTruth(actor, payments, keys()),
    stock: async () => {
      const { onHand, reserved } = await db().product.findUniqueOrThrow({ where: { id: mug } })
      return [onHand, reserved]
    },
    /** An order whose card is given and heard of. */
    ordered: async (card: string = CARDS.good, change: Partial<CheckoutForm> = {}) => {
      const order = await checkedOut(form(change), card)
      expect(await acceptCard({ id: order.orderId })).toBe('placed')
      return order
    },
    /** Orders that nobody could be told of at the checkout that they come too late. */
    orderedAtOnce: async (times: number, change: Partial<CheckoutForm> = {}) => {
      const orders = await Promise.all(Array.from({ length: times }, () => checkedOut(form(change))))
      await Promise.all(orders.map(({ orderId }) => acceptCard({ id: orderId })))
    },
  }
}
