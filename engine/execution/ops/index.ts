import { labelOf, type Op } from '../../model/opcode'
import { isActive } from '../../model/run'
import { failRun } from '../finish'
import type { Advance } from './advance'
import { aiGateway, gateway } from './gateway'
import { invokeFunction } from './invoke-function'
import { runComplete } from './run-complete'
import { sleep } from './sleep'
import { stepError } from './step-error'
import { stepFailed } from './step-failed'
import { stepPlanned } from './step-planned'
import { stepRun } from './step-run'
import { isSupported } from './supported'
import { waitForEvent } from './wait-for-event'
import { waitForSignal } from './wait-for-signal'

const handlers: Record<string, (advance: Advance, op: Op) => void> = {
  StepRun: stepRun,
  Step: stepRun,
  StepError: stepError,
  StepFailed: stepFailed,
  StepPlanned: stepPlanned,
  Sleep: sleep,
  WaitForEvent: waitForEvent,
  WaitForSignal: waitForSignal,
  InvokeFunction: invokeFunction,
  Gateway: gateway,
  AIGateway: aiGateway,
  RunComplete: runComplete,
}

// Waits first: an op beside them in the same answer (an invoke, say) may raise what they wait for.
const firstOps = new Set(['WaitForEvent', 'WaitForSignal'])

/** Handles the ops of one answer. One that the engine doesn't know ends the run, by name, rather than be ignored. */
export function handleOps(advance: Advance, ops: Op[]): void {
  const ordered = [...ops.filter(({ op }) => firstOps.has(op)), ...ops.filter(({ op }) => !firstOps.has(op))]
  for (const op of ordered) {
    // An op may have ended the run; what stands beside it must not leave timers behind.
    if (!isActive(advance.run) || !isSupported(advance.draft, advance.run, op)) return
    const handle = handlers[op.op]
    if (handle) handle(advance, op)
    else
      failRun(
        advance.draft,
        advance.run,
        `The step "${labelOf(op)}" is of the kind ${op.op}, which this engine does not support`,
      )
  }
}
