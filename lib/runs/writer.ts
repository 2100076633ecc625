import { setTimeout as sleep } from 'node:timers/promises'
import { ledgerDb } from '../db'
import { log } from '../log'
import { fold, type Rows } from './fold'
import { forgetMemory } from './memory'
import type { Note } from './notes'
import { tellRuns } from './tell'
import { writeRows } from './write-rows'

type Writer = {
  notes: Note[]
  /** How many were ever taken, and how many of those are done with; they are written in the order in which they came. */
  taken: number
  done: number
  /** Resolves when all that was noted before it began is written, or was given up. */
  pass: Promise<void> | undefined
  timer: NodeJS.Timeout | undefined
  /** How many notes the latest batch held. */
  size: number
  failures: number
  dropped: number
}

// On globalThis: the middleware, the pages and instrumentation have module instances of their own, and share one writer.
const shared = globalThis as typeof globalThis & { backroomLedger?: Writer }

/** A batch is written about every 10 ms, or as soon as it holds so many notes. */
const EVERY_MS = 10
const FULL = 400
/**
 * A batch costs more than a millisecond of CPU however small it is, which a busy process has better use for: after one
 * of so many notes the next may gather for longer.
 */
const BUSY = 8
const BUSY_EVERY_MS = 30
/** After an outage there are many more; one statement takes so many. */
const MOST_AT_ONCE = 2_000
/** While the database is away: what doesn't fit is let go. The runs go on; what is missing is rebuilt from their memos. */
const MOST_KEPT = 50_000
const LONGEST_WAIT_MS = 5_000

function writer(): Writer {
  shared.backroomLedger ??= {
    notes: [],
    taken: 0,
    done: 0,
    pass: undefined,
    timer: undefined,
    size: 0,
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
    // What was noted once is not all written, and so must be noted again.
    forgetMemory()
    return
  }
  here.notes.push(...notes)
  here.taken += notes.length
  schedule(here)
}

/**
 * Resolves when all that was noted before is written; or at the latest after some time, since a ledger holds nothing up.
 * @returns whether it is written.
 */
export async function ledgerWritten({ withinMs }: { withinMs: number }): Promise<boolean> {
  const here = writer()
  const deadline = Date.now() + withinMs
  const { taken } = here
  while (here.done < taken) {
    if (Date.now() >= deadline) return false
    if (here.failures > 0 && !here.pass) await sleep(Math.min(waitMs(here), deadline - Date.now()))
    else await orUntil(deadline, here.pass ?? pass(here))
  }
  return true
}

async function orUntil(deadline: number, work: Promise<void>): Promise<void> {
  const end = new AbortController()
  const limit = sleep(deadline - Date.now(), undefined, { signal: end.signal }).catch(() => undefined)
  await Promise.race([work, limit])
  end.abort()
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

function waitMs({ failures, size }: Writer): number {
  if (failures === 0) return size >= BUSY ? BUSY_EVERY_MS : EVERY_MS
  return Math.min(EVERY_MS * 2 ** Math.min(failures, 12), LONGEST_WAIT_MS)
}

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
  const batch = here.notes.splice(0, MOST_AT_ONCE)
  here.size = batch.length
  const { left, error } = await writeNotes(batch)
  here.done += batch.length - left.length
  if (left.length === 0) {
    if (here.failures > 0) log.info({ dropped: here.dropped }, 'the run ledger is written again')
    here.failures = 0
    here.dropped = 0
    return
  }
  if (here.failures === 0) log.warn({ err: error, notes: left.length }, 'the run ledger could not be written')
  here.failures++
  here.notes = [...left, ...here.notes]
}

/** What of a batch is still to be written, and why. */
type Written = { left: Note[]; error?: unknown }

/** A batch that can't be written by its own fault is halved until the note at fault stands alone, and is left out. */
async function writeNotes(notes: Note[]): Promise<Written> {
  try {
    await writeRowsAndTell(fold(notes))
    return { left: [] }
  } catch (error) {
    if (!isNotesFault(error)) return { left: notes, error }
    const [only] = notes
    if (notes.length === 1 && only) {
      log.error({ err: error, kind: only.kind }, 'a note was left out of the run ledger')
      return { left: [] }
    }
    const half = Math.ceil(notes.length / 2)
    const first = await writeNotes(notes.slice(0, half))
    if (first.left.length > 0) return { ...first, left: [...first.left, ...notes.slice(half)] }
    return writeNotes(notes.slice(half))
  }
}

/** SQLSTATEs of data that doesn't fit: no value of its type, against a rule of the table, beyond a limit of the program. */
const dataStates = /Code: `(22|23|54)/
/** Of a run that was deleted meanwhile: the same batch goes through the next time. */
const goneMeanwhile = /Code: `23503/

/** Whether the notes themselves can't be written; whatever else is wrong with the database may be right again later. */
function isNotesFault(error: unknown): boolean {
  const { message } = error as Error
  // Too long for one text, all of them together.
  if (error instanceof RangeError) return true
  return dataStates.test(message) && !goneMeanwhile.test(message)
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
