import { readAlert } from '@/lib/health/alert'
import { alertOperators } from '@/lib/health/alert-operators'
import { postAlert } from '@/lib/health/post-alert'
import { inngest } from '../client'
import { incidentClosed } from '../events'
import { PROVIDER_RETRIES } from '../limits'

/** Tells the operators that an incident is over, in the same ways as of its beginning. */
export const alertIncidentOver = inngest.createFunction(
  { id: 'alert-incident-over', triggers: [incidentClosed], ...PROVIDER_RETRIES },
  async ({ event, step }) => {
    const alert = await step.run('read-alert', () => readAlert(event.data.incidentId, 'closed'))
    if (!alert) return { reason: 'the incident is no longer kept' }
    const { letters } = await step.run('request-letters', () => alertOperators(alert))
    const webhook = await step.run('post-webhook', () => postAlert(alert))
    return { letters, webhook }
  },
)
