import { type Send, SendRefusedError } from '@/lib/outbox/relay'
import { ledgerWritten } from '@/lib/runs/writer'
import { inngest } from './client'

// What the SDK throws carries the status in its words alone.
const refusal = /Inngest API Error: (400|406|409|412|413|422) /

/** In real milliseconds, beyond what the ledger's own middleware has waited. */
const NOTED_LIMIT_MS = 2_000

/**
 * Hands the relay's events to the server, all or none. Which runs are awaited of them is in the run ledger by then: an event
 * that counted as sent without that could have a run that a crash makes the ledger never hear of.
 * @throws SendRefusedError when the server has read them and won't have them.
 */
export const sendEvents: Send = async (events) => {
  const ids = await handedOver(events)
  // Sent again, under the same ids, they start nothing again.
  if (!(await ledgerWritten({ withinMs: NOTED_LIMIT_MS }))) throw new Error('the run ledger could not be written')
  return ids
}

async function handedOver(events: Parameters<Send>[0]): Promise<string[]> {
  try {
    return (await inngest.send(events)).ids
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw refusal.test(message) ? new SendRefusedError(message) : error
  }
}
