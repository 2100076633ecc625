import { z } from 'zod'
import { lineField, textField } from '../text-fields'
import { MOST_ITEMS, MOST_PIECES } from './basket-limits'

const item = z.object({
  productId: z.string('Choose a product.').regex(/^[\w-]{1,64}$/, 'There is no such product.'),
  quantity: z
    .int('Write a whole number such as 2.')
    .min(1, 'Order 1 at least.')
    .max(MOST_PIECES, `Order ${MOST_PIECES} at most.`),
})

/** What a customer fills in at the checkout. */
export const checkoutForm = z.object({
  shop: z.string('Say which shop.').min(1, 'Say which shop.').max(100, 'There is no such shop.'),
  /** Of the form: sent twice, it is one order. */
  idempotencyKey: z.uuid('The form is not complete. Reload the page.'),
  name: lineField('your name', 200),
  email: z
    .string('Enter your email address.')
    .trim()
    .toLowerCase()
    .max(254, 'Use 254 characters at most.')
    .pipe(z.email('This should be an address such as ann@example.com.')),
  address: textField('your address', 1_000).min(5, 'Enter where it should be sent.'),
  items: z
    .array(item, 'Choose what to order.')
    .min(1, 'The basket is empty.')
    .max(MOST_ITEMS, `Order ${MOST_ITEMS} products at most.`),
  /** What the customer has seen that it comes to, in minor units: it is not ordered for anything else. */
  totalMinor: z.int('Write a whole number such as 1250.').min(0, 'Write 0 or more.').optional(),
})

export type CheckoutForm = z.infer<typeof checkoutForm>
export type CheckoutItem = z.infer<typeof item>
