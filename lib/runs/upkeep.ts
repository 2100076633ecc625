import { now, refreshClock } from '../clock'
import { ledgerDb } from '../db'
import { reopenLostReplays } from '../dead-letters/reopen-lost-replays'
import { log } from '../log'
import { lookUpAwaitedRuns, lookUpSilentRuns } from './look-up'

const EVERY_MS = 5_000

// On globalThis: instrumentation starts it, and stops it.
const shared = globalThis as typeof globalThis & { backroomLedgerUpkeep?: NodeJS.Timeout }

/** Looks after the run ledger on one timer per process: asks after silent runs, and folds the counts. */
export function startLedgerUpkeep(): void {
  stopLedgerUpkeep()
  shared.backroomLedgerUpkeep = setTimeout(() => void round(), EVERY_MS)
  shared.backroomLedgerUpkeep.unref()
}

export function stopLedgerUpkeep(): void {
  clearTimeout(shared.backroomLedgerUpkeep)
  shared.backroomLedgerUpkeep = undefined
}

/** One round: everything that is due by business time. */
export async function keepLedger(at: Date): Promise<void> {
  while ((await lookUpSilentRuns(at)) > 0);
  await dropSeen(at)
  while ((await lookUpAwaitedRuns(at)) > 0);
  await reopenLostReplays(ledgerDb(), at)
  await foldRunCounts()
}

async function round(): Promise<void> {
  try {
    // Where nobody calls and nobody looks, nobody else would tell that time was moved.
    await refreshClock()
    await keepLedger(now())
  } catch (error) {
    log.warn({ err: error }, 'the run ledger could not be looked after')
  }
  if (shared.backroomLedgerUpkeep) startLedgerUpkeep()
}

const JUST_NOW_MS = 60_000

/** A pair and its run that were written at the same moment by two processes have not seen each other. */
async function dropSeen(at: Date): Promise<void> {
  await ledgerDb().$executeRaw`
    DELETE FROM "AwaitedRun" AS awaited USING "Run" AS run
    WHERE run."eventId" = awaited."eventId" AND run."functionId" = awaited."functionId"
      AND awaited."dueAt" BETWEEN ${new Date(at.getTime() - JUST_NOW_MS)} AND ${at}`
}

/** Puts the many small rows of the counts together; readers see the same sums before and after. */
export async function foldRunCounts(): Promise<void> {
  await ledgerDb().$executeRaw`
    WITH folded AS (DELETE FROM "RunCount" RETURNING "functionId", "status", "amount")
    INSERT INTO "RunCount" ("functionId", "status", "amount")
    SELECT "functionId", "status", sum("amount") FROM folded GROUP BY 1, 2 HAVING sum("amount") <> 0`
}
