import { sendLetter } from '@/lib/emails/send-letter'
import { inngest } from '../client'
import { emailRequested } from '../events'
import { PROVIDER_RETRIES } from '../limits'

/** Any single letter: five at a time, a hundred a minute, password resets before all others. */
export const sendEmail = inngest.createFunction(
  {
    id: 'send-email',
    triggers: [emailRequested],
    concurrency: 5,
    throttle: { limit: 100, period: '1m' },
    priority: { run: "event.data.template == 'password-reset' ? 600 : 0" },
    timeouts: { finish: '24h' },
    ...PROVIDER_RETRIES,
  },
  ({ event, step }) => {
    const { to, subject, template, data } = event.data
    const key = event.data.key ?? `event/${event.id}`
    return step.run('send-email', () => sendLetter({ key, to, subject, template, data }))
  },
)
