import type { Json } from '../redaction'
import type { KeptError } from './kept-value'

export type LedgerEvent = { id: string; name: string; data: Json; ts: number }

/** One call of the server to the app, by which a run is first seen and goes on. */
export type Call = {
  runId: string
  functionId: string
  /** From 0; of the function's code between its steps, or of the one step that the call is for. */
  attempt: number
  calledAt: Date
  /** What triggered the run; several for a batch. */
  events: LedgerEvent[]
  record: string | null
  parent: { runId: string; stepId: string } | null
}

/** What an open run stands at, after the answer to a call. */
export type Standing =
  | { status: 'running' }
  | { status: 'sleeping' | 'waiting' | 'retrying'; until: Date | null }
  /** The answer was for one step alone; the others' rows tell. */
  | { status: 'as its steps' }

export type RunEnd = { status: 'completed'; output: Json } | { status: 'failed'; error: KeptError }

type StepOf<Status extends string> = { runId: string; id: string; name: string; kind: string; status: Status }

/** A step that the app has found and the server sees to, or will call for. */
export type FoundStep = StepOf<'queued' | 'sleeping' | 'waiting' | 'invoking'> & {
  foundAt: Date
  until: Date | null
  input: Json
}

/** One execution of a step in the app, under way or over. */
export type ExecutedStep = StepOf<'running' | 'errored' | 'completed' | 'failed'> & {
  attempt: number
  startedAt: Date
  endedAt: Date | null
  input: Json
  output: Json
  error: KeptError | null
  /** Of an errored one: when the next attempt is due. */
  until: Date | null
}

/** A step whose result the server has handed back: this is what the run goes on with. */
export type MemoisedStep = StepOf<'completed' | 'failed'> & { seenAt: Date; output: Json; error: KeptError | null }

export type Progress = { step: number; totalSteps: number; currentOperation: string; percent: number }

export type AwaitedRun = {
  eventId: string
  functionId: string
  eventName: string
  serverEventId: string
  dueAt: Date
}

/** One piece of news about the work, as the middleware and the functions tell it. */
export type Note =
  | { kind: 'called'; call: Call }
  | { kind: 'stands'; call: Call; standing: Standing }
  | { kind: 'ended'; call: Call; at: Date; end: RunEnd }
  | {
      kind: 'attempt failed'
      call: Call
      stepId: string
      startedAt: Date
      at: Date
      error: KeptError
      retryAt: Date | null
    }
  | { kind: 'step found'; step: FoundStep }
  | { kind: 'step executed'; step: ExecutedStep }
  | { kind: 'step memoised'; step: MemoisedStep }
  | { kind: 'progress'; runId: string; progress: Progress }
  | { kind: 'line'; runId: string; at: Date; text: string }
  | { kind: 'awaited'; run: AwaitedRun }
  | { kind: 'function served'; functionId: string; serverId: string }
