import { basketForm, priceBasket } from '@/lib/storefront/price-basket'
import { door } from '../door'
import { wrongFields } from '../problem'

/** What is in a customer's basket, which their browser keeps, at the prices of this moment. */
export const POST = door(basketForm, async (form) => {
  const priced = await priceBasket(form)
  return priced ? Response.json(priced) : wrongFields({ shop: 'There is no such shop.' })
})
