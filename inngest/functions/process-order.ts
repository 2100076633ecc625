import { processPayment } from '@/lib/orders/process-payment'
import { reserveInventory } from '@/lib/orders/reserve-inventory'
import { sendConfirmation } from '@/lib/orders/send-order-letter'
import { inngest } from '../client'
import { orderCancelRequested, orderPlaced } from '../events'
import { PROVIDER_RETRIES } from '../limits'

const DAY_MS = 24 * 3_600_000

/**
 * Brings an order from the card to its confirmation. Each step claims its order first, so that cancelling this run is
 * never the only guard; what it leaves is brought to order by `settle-order`, whatever ended it.
 */
export const processOrder = inngest.createFunction(
  {
    id: 'process-order',
    triggers: [orderPlaced],
    cancelOn: [{ event: orderCancelRequested, match: 'data.orderId' }],
    timeouts: { finish: '24h' },
    ...PROVIDER_RETRIES,
  },
  async ({ event, step }) => {
    const { orderId } = event.data
    const stock = await step.run('reserve-inventory', () => reserveInventory(orderId))
    if (!stock.ok) return { success: false, reason: stock.why }

    const payment = await step.run('process-payment', () => processPayment(orderId))
    if (!payment.ok) return { success: false, reason: payment.why }

    await step.run('send-confirmation', () => sendConfirmation(orderId))
    const ts = Date.parse(payment.confirmedAt) + DAY_MS
    await step.sendEvent('schedule-reminder', {
      name: 'order/reminder',
      id: `order-reminder/${orderId}`,
      data: { orderId },
      ts,
    })
    const { paymentId } = payment
    return payment.alreadyProcessed ? { alreadyProcessed: true, paymentId } : { success: true, paymentId }
  },
)
