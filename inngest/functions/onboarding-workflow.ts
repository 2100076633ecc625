import { now } from '@/lib/clock'
import { checkActivity } from '@/lib/onboarding/check-activity'
import { sendOnboardingLetter } from '@/lib/onboarding/send-onboarding-letter'
import { inngest } from '../client'
import { accountClosed, userCreated } from '../events'
import { PROVIDER_RETRIES } from '../limits'

/** A new owner's first four days. Closing the account ends it, at the latest before the next letter. */
export const onboardingWorkflow = inngest.createFunction(
  {
    id: 'onboarding-workflow',
    triggers: [userCreated],
    cancelOn: [{ event: accountClosed, match: 'data.userId' }],
    ...PROVIDER_RETRIES,
  },
  async ({ event, step }) => {
    const { userId } = event.data
    const welcome = await step.run('send-welcome', () => sendOnboardingLetter('welcome', userId))
    if (!welcome.sent) return { ended: 'account closed' }

    await step.sleep('wait-24h', '24h')
    const tips = await step.run('send-tips', () => sendOnboardingLetter('getting-started-tips', userId))
    if (!tips.sent) return { ended: 'account closed' }

    await step.sleep('wait-3-days', '3d')
    const { isOpen, isActive } = await step.run('check-activity', () => checkActivity(userId, now()))
    if (!isOpen) return { ended: 'account closed' }
    if (isActive) return { ended: 'active' }

    await step.run('send-reengagement', () => sendOnboardingLetter('re-engagement', userId))
    return { ended: 're-engaged' }
  },
)
