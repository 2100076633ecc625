import { runAsProgram } from '../sandbox/program'
import { startPaymentSandbox } from './sandbox'

/**
 * The payment sandbox as a program of its own: PAYMENTS_PORT, BACKROOM_DATA_DIR, and where its events go,
 * PAYMENTS_WEBHOOK_URL, signed with STRIPE_WEBHOOK_SECRET.
 */
const { PAYMENTS_PORT, BACKROOM_DATA_DIR, PAYMENTS_WEBHOOK_URL: url, STRIPE_WEBHOOK_SECRET: secret } = process.env
const sandbox = await startPaymentSandbox({
  port: Number(PAYMENTS_PORT ?? 0),
  dir: BACKROOM_DATA_DIR ?? '.data',
  endpoint: url && secret ? { url, secret } : undefined,
})
runAsProgram('payment sandbox', sandbox)
