import { schedules } from '@/inngest/schedules'
import { sendEvents } from '@/inngest/send'
import { functionsKnown } from '@/inngest/sync'
import { trustSocketAddresses } from '@/lib/client-address'
import { now, refreshClock } from '@/lib/clock'
import { closeDb } from '@/lib/db'
import { EnvError, env } from '@/lib/env'
import { log } from '@/lib/log'
import { drainOutbox, startRelay, stopRelay } from '@/lib/outbox/relay'
import { makeEnvPlain } from '@/lib/plain-env'
import { endNewsStreams } from '@/lib/runs/news-stream'
import { startLedgerUpkeep, stopLedgerUpkeep } from '@/lib/runs/upkeep'
import { ledgerWritten } from '@/lib/runs/writer'
import { noteSchedules } from '@/lib/schedules/known-schedules'
import { onShutdown } from '@/lib/shutdown'

/** Checks the environment, starts the outbox's relay and the run ledger's upkeep, and sees to an orderly end. */
export async function startProcess(): Promise<void> {
  makeEnvPlain()
  checkEnv()
  trustSocketAddresses()
  await refreshClock()
  startRelay({ send: sendEvents, after: functionsKnown() })
  startLedgerUpkeep()
  knowSchedules()
  onShutdown({
    first: endNewsStreams,
    last: async () => {
      await drainOutbox({ withinMs: 2_000 })
      void stopRelay()
      stopLedgerUpkeep()
      await ledgerWritten({ withinMs: 2_000 })
      await closeDb()
      log.info('app stopped')
    },
  })
}

/** From now on they can be late, though none of them ever comes. Where the database is away, the health check does it. */
function knowSchedules(): void {
  noteSchedules(schedules, now()).catch((error) => log.warn({ err: error }, 'the schedules could not be noted'))
}

function checkEnv(): void {
  try {
    env()
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
