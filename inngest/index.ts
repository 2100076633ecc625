import { bulkUpdateProducts } from './functions/bulk-update-products'
import { onboardingWorkflow } from './functions/onboarding-workflow'
import { recordCancellation } from './functions/record-cancellation'
import { recordDeadLetter } from './functions/record-dead-letter'
import { replayDeadLetter } from './functions/replay-dead-letter'
import { sendEmail } from './functions/send-email'
import { sendWelcomeEmail } from './functions/send-welcome-email'

/** Every function that is served. */
export const functions = [
  sendWelcomeEmail,
  onboardingWorkflow,
  sendEmail,
  bulkUpdateProducts,
  recordDeadLetter,
  recordCancellation,
  replayDeadLetter,
]
