import { Inngest } from 'inngest'
import { APP_ID } from '@/lib/app-id'
import { log } from '@/lib/log'
import { textFetch } from './fetch'
import { clockMiddleware } from './middleware/clock'
import { databaseAwayMiddleware } from './middleware/database-away'
import { lifecycleLog } from './middleware/lifecycle-log'
import { outboxMiddleware } from './middleware/outbox'
import { retryMiddleware } from './middleware/retry'
import { runLedger } from './middleware/run-ledger'

/** The one client. Where its server is, and by which keys they trust each other, the environment says. */
export const inngest = new Inngest({
  id: APP_ID,
  logger: log,
  fetch: textFetch,
  middleware: [clockMiddleware, runLedger, lifecycleLog, outboxMiddleware, retryMiddleware, databaseAwayMiddleware],
})
