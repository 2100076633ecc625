import { type CheckoutForm, checkoutForm } from '@/lib/orders/fields'
import { takeCheckout } from '@/lib/orders/limits'
import { placeOrder } from '@/lib/orders/place-order'
import { door, type Visit } from '../door'
import { problem, tooMany, wrongFields } from '../problem'

/** The checkout of a shop: an order, and the address of the page on which a card is given for it. */
export const POST = door(checkoutForm, takeOrder, { handOn: 'later' })

async function takeOrder(form: CheckoutForm, { address }: Visit): Promise<Response> {
  const limited = await takeCheckout(address)
  if (!limited.ok) return tooMany(limited.retryAfterSeconds)
  const placed = await placeOrder(form)
  if (!placed.ok)
    return placed.fields
      ? wrongFields(placed.fields)
      : problem({ status: 503, title: placed.message }, { 'retry-after': '5' })
  const { ok, orderId, ...order } = placed
  return Response.json(order, { status: 201 })
}
