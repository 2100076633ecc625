import { sendLetterBatch as send } from '@/lib/emails/send-letter-batch'
import { inngest } from '../client'
import { lettersBatchFrozen } from '../events'
import { PROVIDER_CALLS, PROVIDER_RETRIES } from '../limits'

/** A hundred letters in one call, as many calls a second as the provider takes. */
export const sendLetterBatch = inngest.createFunction(
  {
    id: 'send-letter-batch',
    triggers: [lettersBatchFrozen],
    concurrency: 2,
    throttle: PROVIDER_CALLS,
    timeouts: { finish: '24h' },
    ...PROVIDER_RETRIES,
  },
  ({ event, step }) => step.run('send-batch', () => send(event.data.batchId)),
)
