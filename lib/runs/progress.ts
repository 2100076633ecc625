import { now } from '../clock'
import { cutText, redactText } from '../redaction'
import { note } from './writer'

const MOST_LENGTH = 2_000

/** What a function tells of its work while it does it; pages follow it live. */
export type ProgressReport = {
  /**
   * How far the work has come. Percent follows from `step` of `totalSteps`.
   * @param progress `step` counts what is done; `currentOperation` says in a word or two what is under way.
   */
  report: (progress: { step: number; totalSteps: number; currentOperation: string }) => void
  /** One line for the run's log. */
  line: (text: string) => void
}

/**
 * Reports to a run's page. It never fails and never waits; call it from within steps, since the code between them is
 * run again with each call.
 * @param runId as the function's context has it.
 */
export function progressOf(runId: string): ProgressReport {
  return {
    report: ({ step, totalSteps, currentOperation }) => {
      const share = totalSteps > 0 ? step / totalSteps : 0
      const percent = Number.isFinite(share) ? Math.min(100, Math.max(0, Math.round(share * 100))) : 0
      const operation = cutText(redactText(currentOperation), MOST_LENGTH)
      note({ kind: 'progress', runId, progress: { step, totalSteps, currentOperation: operation, percent } })
    },
    line: (text) => note({ kind: 'line', runId, at: now(), text: cutText(redactText(text), MOST_LENGTH) }),
  }
}
