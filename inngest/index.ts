import { applyWebhook } from './functions/apply-webhook'
import { bulkUpdateProducts } from './functions/bulk-update-products'
import { endAbandonedWork } from './functions/end-abandoned-work'
import { expireOrder } from './functions/expire-order'
import { importProducts } from './functions/import-products'
import { onboardingWorkflow } from './functions/onboarding-workflow'
import { orderReminder } from './functions/order-reminder'
import { processImage } from './functions/process-image'
import { processOrder } from './functions/process-order'
import { recordCancellation } from './functions/record-cancellation'
import { recordDeadLetter } from './functions/record-dead-letter'
import { replayDeadLetter } from './functions/replay-dead-letter'
import { requestSettlement } from './functions/request-settlement'
import { sendEmail } from './functions/send-email'
import { sendWelcomeEmail } from './functions/send-welcome-email'
import { settleOrder } from './functions/settle-order'

/** Every function that is served. */
export const functions = [
  sendWelcomeEmail,
  onboardingWorkflow,
  sendEmail,
  bulkUpdateProducts,
  processOrder,
  settleOrder,
  requestSettlement,
  orderReminder,
  expireOrder,
  applyWebhook,
  processImage,
  importProducts,
  endAbandonedWork,
  recordDeadLetter,
  recordCancellation,
  replayDeadLetter,
]
