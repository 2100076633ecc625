import { expireOrder as expire } from '@/lib/orders/expire-order'
import { inngest } from '../client'
import { orderCheckoutLapsed } from '../events'
import { PROVIDER_RETRIES } from '../limits'

/** Ends an order to which no card was given in time. */
export const expireOrder = inngest.createFunction(
  { id: 'expire-order', triggers: [orderCheckoutLapsed], ...PROVIDER_RETRIES },
  async ({ event, step }) => ({ status: await step.run('expire', () => expire(event.data.orderId)) }),
)
