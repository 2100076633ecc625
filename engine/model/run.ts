import { invokerOf, type StoredEvent } from './event'

export const runStatuses = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const
export type RunStatus = (typeof runStatuses)[number]

/** An error as it stands in memos, answers and finish events. */
export type RunError = { name: string; message: string; stack?: string; cause?: unknown; error?: string }

/**
 * One step of a run. `pending` = planned, asleep, waiting or invoking; `done` = its memo is there.
 * `place` is the step's turn in the completion order, in which the app replays the memo.
 */
export type Step = {
  runId: string
  id: string
  op: string
  name: string
  status: 'pending' | 'done'
  /** Canonical JSON of what the engine needs to do the step itself (an outgoing request, a signal's name); else null. */
  input: string | null
  /** Canonical JSON of the memo; null while pending. */
  memo: string | null
  place: number | null
}

/** A promise that an event (or the end of an invoked run) will resolve a step, or cancel the run. */
export type Wait = {
  runId: string
  /** The waiting step, or `cancel:<n>` for the nth `cancelOn`. */
  stepId: string
  kind: 'event' | 'cancel'
  eventName: string
  expression: string | null
  /** `path=value` where the expression is one equality, so that an index finds the wait; else ''. */
  matchKey: string
  expiresAt: number
}

export const itemKinds = ['discovery', 'step', 'fetch', 'wake', 'start-timeout', 'finish-timeout'] as const
export type ItemKind = (typeof itemKinds)[number]

/** One thing to do at one time: call the app (`discovery`, `step`), fetch, or let a timer fire. */
export type Item = {
  id: string
  runId: string
  kind: ItemKind
  /** The step it is about; '' for a discovery and the run's own timeouts. */
  stepId: string
  attempt: number
  /** Engine time. */
  dueAt: number
  /** Earlier is served first: the run's creation less its priority. */
  score: number
  /** Dropped connections in a row. */
  resets: number
}

/** An item as the queue needs it: with what decides whether it may go ahead. */
export type QueuedItem = Item & {
  functionId: string
  limitKeys: string[]
  /** Set on the call that starts a throttled run. */
  throttleKey: string | null
  /** The start that it was let in by already, should it have been put back before its call went out. */
  spent?: SpentStart
}

/** A start that was counted against a throttle, and how its account stood then. */
export type SpentStart = { key: string; arrivalAt: number }

/** A run with all that belongs to it, as one aggregate: it is loaded, changed and cached as a whole. */
export type Run = {
  id: string
  functionId: string
  status: RunStatus
  events: StoredEvent[]
  createdAt: number
  startedAt: number | null
  endedAt: number | null
  /** Canonical JSON of the function's return value. */
  output: string | null
  error: RunError | null
  /** The execution version that the app named in its first answer; null until then. */
  version: number | null
  score: number
  /** Concurrency keys, one for each limit of the function. */
  limitKeys: string[]
  throttleKey: string | null
  /** Under which no other run may be active; null where its function is no singleton. */
  singletonKey: string | null
  /** The batch that it was started for, with all of its events; null for a run of one event. */
  batchId: string | null
  /** The invoking run and its step. */
  parentRunId: string | null
  parentStepId: string | null
  steps: Map<string, Step>
  items: Map<string, Item>
  waits: Map<string, Wait>
}

export function isActive(run: Run): boolean {
  return run.status === 'queued' || run.status === 'running'
}

/** A run that waits for the end of another one, at a step of its own. */
export type Invoker = { runId: string; stepId: string }

/** The runs that wait for this one's end: a batch may hold the events of several. */
export function invokersOf(run: Run): Invoker[] {
  if (run.parentRunId && run.parentStepId) return [{ runId: run.parentRunId, stepId: run.parentStepId }]
  return run.batchId === null ? [] : run.events.flatMap((event) => invokerOf(event) ?? [])
}

/** Whether anything is to come by which a run goes on: its limits of time only end it. */
export function goesOn({ items }: Run): boolean {
  for (const { kind } of items.values()) if (kind !== 'start-timeout' && kind !== 'finish-timeout') return true
  return false
}

export function isPending(run: Run, stepId: string): boolean {
  return run.steps.get(stepId)?.status === 'pending'
}

/** The signal that a step waits for, if it does. */
export function signalOf(step: Step): string | undefined {
  return step.op === 'WaitForSignal' && step.input !== null ? JSON.parse(step.input) : undefined
}

/** Ids of the finished steps in completion order. */
export function stackOf(run: Run): string[] {
  const done = [...run.steps.values()].filter((step) => step.status === 'done')
  return done.sort((a, b) => (a.place ?? 0) - (b.place ?? 0)).map((step) => step.id)
}

export function hasPendingSteps(run: Run): boolean {
  for (const step of run.steps.values()) if (step.status === 'pending') return true
  return false
}

export function countDone(run: Run): number {
  let count = 0
  for (const step of run.steps.values()) if (step.status === 'done') count++
  return count
}
