import { eventType } from 'inngest'
import { eventSchemas } from '@/lib/events'

export const userCreated = eventType('user/created', { schema: eventSchemas['user/created'] })
export const accountClosed = eventType('account/closed', { schema: eventSchemas['account/closed'] })
export const emailRequested = eventType('email/requested', { schema: eventSchemas['email/requested'] })
export const productsBulkUpdateRequested = eventType('products/bulk-update-requested', {
  schema: eventSchemas['products/bulk-update-requested'],
})
export const deadLetterReplayRequested = eventType('dead-letter/replay-requested', {
  schema: eventSchemas['dead-letter/replay-requested'],
})
