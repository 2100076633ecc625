import { sendOnboardingLetter } from '@/lib/onboarding/send-onboarding-letter'
import { inngest } from '../client'
import { userCreated } from '../events'
import { PROVIDER_RETRIES } from '../limits'

/** The welcome letter. Onboarding claims the same key: whichever comes second finds the letter sent. */
export const sendWelcomeEmail = inngest.createFunction(
  { id: 'send-welcome-email', triggers: [userCreated], ...PROVIDER_RETRIES },
  ({ event, step }) => step.run('send-email', () => sendOnboardingLetter('welcome', event.data.userId)),
)
