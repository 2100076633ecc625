import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { arrivedAt } from '../door-server'

/** One time that a step's code has run. Instants are milliseconds of the machine's clock. */
export type Execution = {
  runId: string
  step: string
  /** Its own, and what it answers: so a stored answer tells whose it is. */
  nonce: string
  /** When the call came in, and when the code began. */
  calledAt: number
  startedAt: number
  /** It threw, as it was meant to; no answer of it can be stored. */
  hasThrown: boolean
}

/** Long enough for a kill to fall into it. */
const LONGEST_MS = 120

/**
 * What each step of the workload does: notes that it begins, takes a while, and answers with its nonce. The note is a
 * line that is appended before anything else happens: no database has to be there for it, and what the kernel has
 * taken outlives a kill −9.
 */
export async function execute(runId: string, step: string, { fails = false } = {}): Promise<string> {
  const nonce = randomUUID()
  const note: Execution = { runId, step, nonce, calledAt: arrivedAt(), startedAt: Date.now(), hasThrown: fails }
  appendFileSync(process.env.CRASH_EXECUTIONS ?? '', `${JSON.stringify(note)}\n`)
  await sleep(Math.random() * LONGEST_MS)
  if (fails) throw new Error('the first attempt fails on purpose')
  return nonce
}

/** All executions, in the order in which they began. */
export function readExecutions(file: string): Execution[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
