import { sendOutcome } from '@/lib/orders/send-order-letter'
import { closePayments, endOrder, settlePayment } from '@/lib/orders/settle-order'
import { inngest } from '../client'
import { orderSettlementRequested } from '../events'
import { PROVIDER_RETRIES } from '../limits'

/**
 * Brings stock and money of one order to the truth from our tables, whatever ended its run: closes the payment, cancels or
 * refunds at the provider, and only then frees the stock and ends the order.
 */
export const settleOrder = inngest.createFunction(
  {
    id: 'settle-order',
    triggers: [orderSettlementRequested],
    concurrency: { limit: 1, key: 'event.data.orderId' },
    ...PROVIDER_RETRIES,
  },
  async ({ event, step }) => {
    const { orderId, endingAs } = event.data
    const begun = await step.run('close-payments', () => closePayments(orderId, endingAs))
    if (begun.isNeeded)
      for (const paymentId of begun.paymentIds)
        await step.run(`settle-payment-${paymentId}`, () => settlePayment(paymentId))
    const status = await step.run('end-order', () => endOrder(orderId))
    await step.run('send-outcome', () => sendOutcome(orderId))
    return { status }
  },
)
