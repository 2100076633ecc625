import { z } from 'zod'
import { parseUntil } from '../../model/duration'
import { canonicalJson } from '../../model/json'
import { labelOf, type Op } from '../../model/opcode'
import { signalName } from '../../model/signal'
import { failRun } from '../finish'
import { beginStep } from '../resolve'
import type { Advance } from './advance'
import { LONGEST_WAIT_MS } from './sleep'

const options = z.object({
  signal: signalName,
  timeout: z.string('timeout should be a text'),
  conflict: z.enum(['fail', 'replace'], 'conflict should be "fail" or "replace"').nullish(),
})

/**
 * A wait for a signal. A signal has one waiter: a second one fails its own run, or takes the first one's place, as it
 * asks for.
 */
export function waitForSignal({ draft, run }: Advance, op: Op): void {
  if (run.steps.has(op.id)) return
  const label = labelOf(op)
  const opts = options.safeParse(op.opts)
  if (!opts.success) return failRun(draft, run, `The wait "${label}" names no signal: ${opts.error.issues[0]?.message}`)
  const { signal, timeout, conflict } = opts.data
  const expiresAt = parseUntil(timeout, draft.now)
  if (expiresAt === undefined) return failRun(draft, run, `The wait "${label}" has no timeout`)
  if (expiresAt - draft.now > LONGEST_WAIT_MS) return failRun(draft, run, `The wait "${label}" is longer than 366 days`)
  if (conflict !== 'replace' && draft.signalHolder(signal))
    return failRun(draft, run, 'Signal conflict; signal wait already exists for another run')
  beginStep(draft, run, { id: op.id, op: 'WaitForSignal', name: label, input: canonicalJson(signal) })
  draft.addItem(run, 'wake', Math.max(expiresAt, draft.now), op.id)
  draft.holdSignal({ name: signal, runId: run.id, stepId: op.id, expiresAt })
}
