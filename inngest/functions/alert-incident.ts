import { readAlert } from '@/lib/health/alert'
import { alertOperators } from '@/lib/health/alert-operators'
import { postAlert } from '@/lib/health/post-alert'
import { inngest } from '../client'
import { incidentOpened } from '../events'
import { PROVIDER_RETRIES } from '../limits'

/** Tells the operators that something is wrong: by letter, and by the webhook if there is one. */
export const alertIncident = inngest.createFunction(
  { id: 'alert-incident', triggers: [incidentOpened], ...PROVIDER_RETRIES },
  async ({ event, step }) => {
    const alert = await step.run('read-alert', () => readAlert(event.data.incidentId, 'opened'))
    if (!alert) return { reason: 'the incident is no longer kept' }
    const { letters } = await step.run('request-letters', () => alertOperators(alert))
    const webhook = await step.run('post-webhook', () => postAlert(alert))
    return { letters, webhook }
  },
)
