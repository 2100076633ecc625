import { type AlertState, readAlert } from '@/lib/health/alert'
import { alertOperators } from '@/lib/health/alert-operators'
import { postAlert } from '@/lib/health/post-alert'
import { inngest } from './client'
import { incidentClosed, incidentOpened } from './events'
import { PROVIDER_RETRIES } from './limits'

const triggers = { opened: incidentOpened, closed: incidentClosed }

/** The function that tells operators that an incident has opened, or closed: by letter, and by the webhook if there is one. */
export function incidentAlert(id: string, state: AlertState) {
  return inngest.createFunction({ id, triggers: [triggers[state]], ...PROVIDER_RETRIES }, async ({ event, step }) => {
    const alert = await step.run('read-alert', () => readAlert(event.data.incidentId, state))
    if (!alert) return { reason: 'the incident is no longer kept' }
    const { letters } = await step.run('request-letters', () => alertOperators(alert))
    const webhook = await step.run('post-webhook', () => postAlert(alert))
    return { letters, webhook }
  })
}
