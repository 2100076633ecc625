import { alertIncident } from './functions/alert-incident'
import { alertIncidentOver } from './functions/alert-incident-over'
import { applyWebhook } from './functions/apply-webhook'
import { bulkUpdateProducts } from './functions/bulk-update-products'
import { dailyCleanup } from './functions/daily-cleanup'
import { dailyReport } from './functions/daily-report'
import { endAbandonedWork } from './functions/end-abandoned-work'
import { expireOrder } from './functions/expire-order'
import { generateReport } from './functions/generate-report'
import { healthCheck } from './functions/health-check'
import { importProducts } from './functions/import-products'
import { monthlyReport } from './functions/monthly-report'
import { onboardingWorkflow } from './functions/onboarding-workflow'
import { orderReminder } from './functions/order-reminder'
import { processImage } from './functions/process-image'
import { processOrder } from './functions/process-order'
import { reconcilePayments } from './functions/reconcile-payments'
import { recordCancellation } from './functions/record-cancellation'
import { recordDeadLetter } from './functions/record-dead-letter'
import { replayDeadLetter } from './functions/replay-dead-letter'
import { requestSettlement } from './functions/request-settlement'
import { sendEmail } from './functions/send-email'
import { sendLetterBatch } from './functions/send-letter-batch'
import { sendWelcomeEmail } from './functions/send-welcome-email'
import { settleOrder } from './functions/settle-order'
import { weeklyDigest } from './functions/weekly-digest'
import { knowFunctions } from './known-functions'

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
  dailyReport,
  weeklyDigest,
  monthlyReport,
  generateReport,
  sendLetterBatch,
  endAbandonedWork,
  recordDeadLetter,
  recordCancellation,
  replayDeadLetter,
  dailyCleanup,
  reconcilePayments,
  healthCheck,
  alertIncident,
  alertIncidentOver,
]

knowFunctions(functions)
