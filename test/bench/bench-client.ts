import { Inngest } from 'inngest'
import { textFetch } from '@/inngest/fetch'
import { runLedger } from '@/inngest/middleware/run-ledger'
import { log } from '@/lib/log'
import { startLedgerUpkeep } from '@/lib/runs/upkeep'

const hasLedger = process.env.BENCH_LEDGER === 'true'

/**
 * The benched app's client, which sends and logs as the project's own does; with the run ledger, and all that it does beside
 * the calls, where the bench asks for it. A logger without `flush`, which it had once, has the SDK wait for a timer after
 * each call: 1 ms.
 */
export const inngest = new Inngest({
  id: 'bench',
  isDev: false,
  logger: log,
  fetch: textFetch,
  middleware: hasLedger ? [runLedger] : [],
})
if (hasLedger) startLedgerUpkeep()
