import { eventType } from 'inngest'
import { eventSchemas } from '@/lib/events'

export const userCreated = eventType('user/created', { schema: eventSchemas['user/created'] })
export const accountClosed = eventType('account/closed', { schema: eventSchemas['account/closed'] })
export const emailRequested = eventType('email/requested', { schema: eventSchemas['email/requested'] })
export const productsBulkUpdateRequested = eventType('products/bulk-update-requested', {
  schema: eventSchemas['products/bulk-update-requested'],
})
export const imageUploaded = eventType('image/uploaded', { schema: eventSchemas['image/uploaded'] })
export const importRequested = eventType('import/requested', { schema: eventSchemas['import/requested'] })
export const deadLetterReplayRequested = eventType('dead-letter/replay-requested', {
  schema: eventSchemas['dead-letter/replay-requested'],
})
export const orderPlaced = eventType('order/placed', { schema: eventSchemas['order/placed'] })
export const orderCheckoutLapsed = eventType('order/checkout-lapsed', {
  schema: eventSchemas['order/checkout-lapsed'],
})
export const orderCancelRequested = eventType('order/cancel-requested', {
  schema: eventSchemas['order/cancel-requested'],
})
export const orderSettlementRequested = eventType('order/settlement-requested', {
  schema: eventSchemas['order/settlement-requested'],
})
export const orderReminderDue = eventType('order/reminder', { schema: eventSchemas['order/reminder'] })
export const webhookReceived = eventType('webhook/received', { schema: eventSchemas['webhook/received'] })
export const reportScheduled = eventType('report/scheduled', { schema: eventSchemas['report/scheduled'] })
export const lettersBatchFrozen = eventType('letters/batch-frozen', { schema: eventSchemas['letters/batch-frozen'] })
export const scheduleRunRequested = eventType('schedule/run-requested', {
  schema: eventSchemas['schedule/run-requested'],
})
export const incidentOpened = eventType('incident/opened', { schema: eventSchemas['incident/opened'] })
export const incidentClosed = eventType('incident/closed', { schema: eventSchemas['incident/closed'] })
