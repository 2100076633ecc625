import { onboardingWorkflow } from './functions/onboarding-workflow'
import { sendEmail } from './functions/send-email'
import { sendWelcomeEmail } from './functions/send-welcome-email'

/** Every function that is served. */
export const functions = [sendWelcomeEmail, onboardingWorkflow, sendEmail]
