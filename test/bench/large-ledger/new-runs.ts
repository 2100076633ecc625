import type { Call, ExecutedStep } from '@/lib/runs/notes'
import { note } from '@/lib/runs/writer'
import { functionIds } from './load'

const EVERY_MS = 10
const STEPS = 5

/**
 * Writes so many runs a second by the ledger's own writer, each as the middleware would tell of it: called, five steps,
 * ended.
 * @returns what ends it, and says how many there were.
 */
export function writeRuns(perSecond: number): () => number {
  const startedAt = performance.now()
  let written = 0
  const timer = setInterval(() => {
    const owed = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond) - written
    for (let i = 0; i < owed; i++) noteRun(written++)
  }, EVERY_MS)
  return () => {
    clearInterval(timer)
    return written
  }
}

function noteRun(n: number): void {
  const [at, runId] = [new Date(), `new-run-${n}`]
  const functionId = functionIds[n % functionIds.length] ?? ''
  const data = { orderId: `new-${n}`, total: n }
  const events = [{ id: `new-event-${n}`, name: 'order/placed', data, ts: at.getTime() }]
  const record = `order/new-${n}`
  const call: Call = { runId, functionId, attempt: 0, calledAt: at, events, record, parent: null }
  note({ kind: 'called', call })
  for (let s = 0; s < STEPS; s++) {
    const open = { runId, id: `${n}-${s}`, name: `step-${s}`, kind: 'run', attempt: 0, startedAt: at, until: null }
    const step: ExecutedStep = { ...open, input: null, output: null, error: null, status: 'running', endedAt: null }
    note({ kind: 'step executed', step })
    note({ kind: 'step executed', step: { ...step, status: 'completed', output: { count: s }, endedAt: at } })
  }
  note({ kind: 'ended', call, at, end: { status: 'completed', output: { success: true } } })
}
