import { z } from 'zod'
import { expressionProblem } from '../../flow/expression'
import { parseUntil } from '../../model/duration'
import { MAX_EVENT_NAME } from '../../model/event'
import { labelOf, type Op } from '../../model/opcode'
import { matchKeyOf } from '../../trigger/match-key'
import { failRun } from '../finish'
import { beginStep } from '../resolve'
import type { Advance } from './advance'
import { LONGEST_WAIT_MS } from './sleep'

const options = z.object({ timeout: z.string(), if: z.string().optional() })

/** A wait for an event named in the op's `name`, until its timeout. Events of before it are not for it. */
export function waitForEvent({ draft, run }: Advance, op: Op): void {
  const opts = options.safeParse(op.opts)
  const expiresAt = opts.success ? parseUntil(opts.data.timeout, draft.now) : undefined
  const label = labelOf(op)
  if (!op.name || !opts.success || expiresAt === undefined)
    return failRun(draft, run, `The wait "${label}" has no event name or timeout`)
  if (op.name.length > MAX_EVENT_NAME)
    return failRun(draft, run, `The wait "${label}" is for an event name longer than ${MAX_EVENT_NAME} characters`)
  if (expiresAt - draft.now > LONGEST_WAIT_MS) return failRun(draft, run, `The wait "${label}" is longer than 366 days`)
  const expression = opts.data.if
  const problem = expression ? expressionProblem(expression) : undefined
  if (problem) return failRun(draft, run, `The wait "${label}" has an expression that can't be read: ${problem}`)
  if (!beginStep(draft, run, { id: op.id, op: 'WaitForEvent', name: label })) return
  draft.addItem(run, 'wake', Math.max(expiresAt, draft.now), op.id)
  draft.addWait(run, {
    runId: run.id,
    stepId: op.id,
    kind: 'event',
    eventName: op.name.replaceAll('\u0000', ''),
    expression: expression ?? null,
    matchKey: matchKeyOf(expression, JSON.parse(run.events[0]?.body ?? 'null')),
    expiresAt,
  })
}
