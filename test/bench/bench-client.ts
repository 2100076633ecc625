import { Inngest } from 'inngest'
import { textFetch } from '@/inngest/fetch'
import { runLedger } from '@/inngest/middleware/run-ledger'
import { startLedgerUpkeep } from '@/lib/runs/upkeep'

const quiet = { info() {}, warn() {}, error() {}, debug() {} }
const hasLedger = process.env.BENCH_LEDGER === 'true'

/**
 * The benched app's client, which sends as the project's own does; with the run ledger, and all that it does beside the
 * calls, where the bench asks for it.
 */
export const inngest = new Inngest({
  id: 'bench',
  isDev: false,
  logger: quiet,
  fetch: textFetch,
  middleware: hasLedger ? [runLedger] : [],
})
if (hasLedger) startLedgerUpkeep()
