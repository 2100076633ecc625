import { type Send, SendRefusedError } from '@/lib/outbox/relay'
import { inngest } from './client'

// What the SDK throws carries the status in its words alone.
const refusal = /Inngest API Error: (400|406|409|412|413|422) /

/**
 * Hands the relay's events to the server, all or none.
 * @throws SendRefusedError when the server has read them and won't have them.
 */
export const sendEvents: Send = async (events) => {
  try {
    const { ids } = await inngest.send(events)
    return ids
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw refusal.test(message) ? new SendRefusedError(message) : error
  }
}
