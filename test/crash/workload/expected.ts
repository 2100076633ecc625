/** The event that starts one run of each function. */
export const STARTED = 'workload/started'

export const functionIds = ['by-checkpoints', 'by-answers'] as const
export type FunctionId = (typeof functionIds)[number]

const everyKind = {
  /** Steps that run code of ours, and note that. */
  code: ['first', 'left', 'right', 'failing', 'last'],
  others: ['nap', 'beside', 'before-answer', 'answer', 'wait', 'silence', 'invoke'],
}

/** The steps that a run must have done by its end, by function: no fewer and no more. */
export const stepsOf: Record<FunctionId | 'child', { code: string[]; others: string[] }> = {
  'by-checkpoints': everyKind,
  'by-answers': everyKind,
  child: { code: ['early', 'late'], others: ['pause'] },
}
