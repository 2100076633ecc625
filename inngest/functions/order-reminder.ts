import { sendReminder } from '@/lib/orders/send-order-letter'
import { inngest } from '../client'
import { orderReminderDue } from '../events'
import { PROVIDER_RETRIES } from '../limits'

/** A letter to the customer, a day after their order was confirmed. */
export const orderReminder = inngest.createFunction(
  { id: 'order-reminder', triggers: [orderReminderDue], ...PROVIDER_RETRIES },
  ({ event, step }) => step.run('send-reminder', () => sendReminder(event.data.orderId)),
)
