import { applyWebhook as apply } from '@/lib/orders/apply-webhook'
import { inngest } from '../client'
import { webhookReceived } from '../events'
import { PROVIDER_RETRIES } from '../limits'

/** Applies what the payment provider has told. */
export const applyWebhook = inngest.createFunction(
  { id: 'apply-webhook', triggers: [webhookReceived], ...PROVIDER_RETRIES },
  ({ event, step }) => step.run('apply', () => apply(event.data.webhookEventId)),
)
