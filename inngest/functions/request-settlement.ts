import { now } from '@/lib/clock'
import { inngest } from '../client'
import { functionCancelled, functionFailed, readRunEnd } from '../system-events'

const ofProcessOrder = `event.data.function_id == '${inngest.id}-process-order'`

/** Has an order settled whose run has failed for good or was cancelled. Its own failure would raise no event: 20 retries. */
export const requestSettlement = inngest.createFunction(
  {
    id: 'request-settlement',
    triggers: [
      { event: functionFailed, if: ofProcessOrder },
      { event: functionCancelled, if: ofProcessOrder },
    ],
    retries: 20,
  },
  async ({ event, step }) => {
    const { runId, events, error } = readRunEnd(inngest.id, event, now())
    const orderId = (events[0]?.data as { orderId?: unknown } | undefined)?.orderId
    if (typeof orderId !== 'string') return { requested: false }
    const endingAs = error === undefined || error === null ? 'cancelled' : 'failed'
    await step.sendEvent('request-settlement', {
      name: 'order/settlement-requested',
      id: `order-settlement/${orderId}/${runId}`,
      data: { orderId, endingAs },
    })
    return { requested: true, orderId }
  },
)
