import { setTimeout as sleep } from 'node:timers/promises'
import { ledgerDb } from '../db'
import { isDatabaseAway } from '../db/is-away'
import { log } from '../log'
import { fold, type Rows } from './fold'
import type { Note } from './notes'
import { tellRuns } from './tell'
import { writeRows } from './write-rows'

type Writer = {
  notes: Note[]
  /** Resolves when all that was noted before it began is written, or was given up. */
  pass: Promise<void> | undefined
  timer: NodeJS.Timeout | undefined
  failures: number
  dropped: number
}

// On globalThis: the middleware, the pages and instrumentation have module instances of their own, and share one writer.
const shared = globalThis as typeof globalThis & { backroomLedger?: Writer }

/** A batch is written about every 10 ms, or as soon as it holds so many notes. */
const EVERY_MS = 10
const FULL = 400
/** While the database is away: what doesn't fit is let go. The runs go on; what is missing is rebuilt from their memos. */
const MOST_KEPT = 50_000
const LONGEST_WAIT_MS = 5_000

function writer(): Writer {
  shared.backroomLedger ??= {
    notes: [],
    pass: undefined,
    timer: undefined,
    failures: 0,
    dropped: 0,
  }
  return shared.backroomLedger
}

/** Takes news for the run ledger. Never throws and never waits: no function fails or is slow by its ledger. */
export function note(...notes: Note[]): void {
  const here = writer()
  if (here.notes.length + notes.length > MOST_KEPT) {
    here.dropped += notes.length
    return
  }
  here.notes.push(...notes)
  schedule(here)
}

/** Resolves when all that was noted is written; or at the latest after some time, since a ledger holds nothing up. */
export async function ledgerWritten({ withinMs }: { withinMs: number }): Promise<boolean> {
  const here = writer()
  const deadline = Date.now() + withinMs
  while (here.notes.length > 0 || here.pass) {
    if (Date.now() >= deadline) return false
    await Promise.race([here.pass ?? pass(here), sleep(deadline - Date.now())])
  }
  return true
}

/** Forgets what is not written yet; for tests. */
export function forgetLedger(): void {
  clearTimeout(shared.backroomLedger?.timer)
  shared.backroomLedger = undefined
}

function schedule(here: Writer): void {
  if (here.pass) return
  if (here.notes.length >= FULL && here.failures === 0) {
    void pass(here)
    return
  }
  here.timer ??= setTimeout(() => void pass(here), waitMs(here))
  here.timer.unref()
}

const waitMs = ({ failures }: Writer) =>
  failures === 0 ? EVERY_MS : Math.min(EVERY_MS * 2 ** Math.min(failures, 12), LONGEST_WAIT_MS)

/** One round: writes what is there by now. */
function pass(here: Writer): Promise<void> {
  clearTimeout(here.timer)
  here.timer = undefined
  here.pass ??= write(here).finally(() => {
    here.pass = undefined
    if (here.notes.length > 0) schedule(here)
  })
  return here.pass
}

async function write(here: Writer): Promise<void> {
  const batch = here.notes
  here.notes = []
  try {
    await writeNotes(batch)
    if (here.failures > 0) log.info({ dropped: here.dropped }, 'the run ledger is written again')
    here.failures = 0
    here.dropped = 0
  } catch (error) {
    if (here.failures === 0) log.warn({ err: error, notes: batch.length }, 'the run ledger could not be written')
    here.failures++
    here.notes = [...batch, ...here.notes]
  }
}

/** Two writers that met in a ring, or a run that was deleted meanwhile: the same batch goes through the next time. */
const passing = /40P01|40001|23503/

/** A batch that can't be written by its own fault is halved until the note at fault stands alone, and is left out. */
async function writeNotes(notes: Note[]): Promise<void> {
  try {
    await writeRowsAndTell(fold(notes))
  } catch (error) {
    if (isDatabaseAway(error) || passing.test(String(error))) throw error
    const [only] = notes
    if (notes.length === 1 && only) {
      log.error({ err: error, kind: only.kind }, 'a note was left out of the run ledger')
      return
    }
    const half = Math.ceil(notes.length / 2)
    await writeNotes(notes.slice(0, half))
    await writeNotes(notes.slice(half))
  }
}

async function writeRowsAndTell(rows: Rows): Promise<void> {
  const runIds = new Set<string>()
  for (const { runId } of [
    ...rows.runs,
    ...rows.found,
    ...rows.executed,
    ...rows.memoised,
    ...rows.progress,
    ...rows.lines,
  ])
    runIds.add(runId)
  for (const runId of rows.standingByStepsOf) runIds.add(runId)
  await ledgerDb().$transaction(async (tx) => {
    await writeRows(tx, rows)
    await tellRuns(tx, [...runIds])
  })
}
