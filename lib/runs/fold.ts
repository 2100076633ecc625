import type { AwaitedRun, Call, ExecutedStep, FoundStep, MemoisedStep, Note, Progress, RunEnd, Standing } from './notes'

/** What is to be written of a run: the latest of its news, in the order in which they came. */
export type RunRow = Omit<Call, 'events' | 'parent'> & {
  events: Call['events']
  eventId: string
  eventName: string
  parentRunId: string | null
  parentStepId: string | null
  queuedAt: Date
  startedAt: Date
  status: 'running' | 'sleeping' | 'waiting' | 'retrying' | 'completed' | 'failed'
  until: Date | null
  output: unknown
  error: unknown
  endedAt: Date | null
  lookUpAt: Date | null
}

export type StepRow = Omit<ExecutedStep, 'status' | 'startedAt' | 'attempt'> & {
  status: FoundStep['status'] | ExecutedStep['status']
  attempt: number
  foundAt: Date
  startedAt: Date | null
  attemptStartedAt: Date | null
}

type FailedAttemptRow = {
  runId: string
  stepId: string
  attempt: number
  startedAt: Date
  endedAt: Date
  error: unknown
  retryAt: Date | null
}

/** A batch of notes as rows, one a key, ready to be written by one statement each. */
export type Rows = {
  runs: RunRow[]
  /** Open runs whose standing their steps tell. */
  standingByStepsOf: string[]
  found: FoundStep[]
  executed: StepRow[]
  memoised: MemoisedStep[]
  failedAttempts: FailedAttemptRow[]
  progress: { runId: string; progress: Progress }[]
  lines: { runId: string; at: Date; text: string }[]
  awaited: AwaitedRun[]
  serverFunctions: { serverId: string; functionId: string }[]
}

/** A call may be under way so long without a word before the server is asked about its run. */
const SILENT_CALL_MS = 5 * 60_000
/** And so long after what a run stood at was due. */
const SILENT_PAUSE_MS = 2 * 60_000

/** Pure: puts notes together, the later ones over the earlier ones of the same thing. */
export function fold(notes: readonly Note[]): Rows {
  const folding = new Folding()
  for (const note of notes) folding.take(note)
  return folding.rows()
}

class Folding {
  private readonly runs = new Map<string, RunRow>()
  private readonly standingByStepsOf = new Set<string>()
  private readonly found = new Map<string, FoundStep>()
  private readonly executed = new Map<string, StepRow>()
  private readonly memoised = new Map<string, MemoisedStep>()
  private readonly failedAttempts = new Map<string, FailedAttemptRow>()
  private readonly progress = new Map<string, Progress>()
  private readonly lines: Rows['lines'] = []
  private readonly awaited: AwaitedRun[] = []
  private readonly serverFunctions = new Map<string, string>()

  take(note: Note): void {
    switch (note.kind) {
      case 'called':
        return this.change(note.call, {})
      case 'stands':
        if (note.standing.status === 'as its steps') this.standingByStepsOf.add(note.call.runId)
        else this.stand(note.call, standingColumns(note.standing, note.call))
        return
      case 'ended':
        return this.stand(note.call, endColumns(note.end, note.at))
      case 'attempt failed':
        return this.takeFailedAttempt(note)
      case 'step found':
        if (!this.found.has(keyOf(note.step))) this.found.set(keyOf(note.step), note.step)
        return
      case 'step executed':
        this.executed.set(keyOf(note.step), executedRow(note.step, this.executed.get(keyOf(note.step))))
        return
      case 'step memoised':
        this.memoised.set(keyOf(note.step), note.step)
        return
      case 'progress':
        this.progress.set(note.runId, note.progress)
        return
      case 'line':
        this.lines.push({ runId: note.runId, at: note.at, text: note.text })
        return
      case 'awaited':
        this.awaited.push(note.run)
        return
      case 'function served':
        this.serverFunctions.set(note.serverId, note.functionId)
    }
  }

  /** What is said of the run as a whole stands above what one of its steps has said before. */
  private stand(call: Call, columns: Partial<RunRow>): void {
    this.standingByStepsOf.delete(call.runId)
    this.change(call, columns)
  }

  private change(call: Call, columns: Partial<RunRow>): void {
    const known = this.runs.get(call.runId)
    // An older call, whose answer the server will not take, has no news any more.
    if (known && call.calledAt < known.calledAt) return
    const isSameCall = known?.calledAt.getTime() === call.calledAt.getTime()
    const row = isSameCall ? known : { ...calledRow(call), startedAt: known?.startedAt ?? call.calledAt }
    this.runs.set(call.runId, { ...row, ...columns })
  }

  private takeFailedAttempt({ call, stepId, startedAt, at, error, retryAt }: Note & { kind: 'attempt failed' }): void {
    const { runId, attempt } = call
    const row = { runId, stepId, attempt, startedAt, endedAt: at, error, retryAt }
    this.failedAttempts.set(`${runId} ${stepId} ${attempt}`, row)
  }

  rows(): Rows {
    return {
      runs: [...this.runs.values()],
      standingByStepsOf: [...this.standingByStepsOf],
      found: [...this.found.values()],
      executed: [...this.executed.values()],
      memoised: [...this.memoised.values()],
      failedAttempts: [...this.failedAttempts.values()],
      progress: [...this.progress].map(([runId, progress]) => ({ runId, progress })),
      lines: this.lines,
      awaited: this.awaited,
      serverFunctions: [...this.serverFunctions].map(([serverId, functionId]) => ({ serverId, functionId })),
    }
  }
}

/** Tells a step from all others. */
export const keyOf = ({ runId, id }: { runId: string; id: string }) => `${runId} ${id}`

function calledRow(call: Call): Omit<RunRow, 'startedAt'> {
  const { events, parent, ...rest } = call
  const [first] = events
  return {
    ...rest,
    events,
    eventId: first?.id ?? '',
    eventName: first?.name ?? '',
    parentRunId: parent?.runId ?? null,
    parentStepId: parent?.stepId ?? null,
    // A batch begins when its last event is there; no run begins after its own first call.
    queuedAt: new Date(Math.min(call.calledAt.getTime(), Math.max(...events.map(({ ts }) => ts)))),
    status: 'running',
    until: null,
    output: null,
    error: null,
    endedAt: null,
    lookUpAt: new Date(call.calledAt.getTime() + SILENT_CALL_MS),
  }
}

function standingColumns(standing: Exclude<Standing, { status: 'as its steps' }>, { calledAt }: Call) {
  const until = 'until' in standing ? standing.until : null
  const silentAt = until ? until.getTime() + SILENT_PAUSE_MS : calledAt.getTime() + SILENT_CALL_MS
  return { status: standing.status, until, lookUpAt: new Date(silentAt) }
}

function endColumns(end: RunEnd, at: Date) {
  const { status } = end
  const said = status === 'completed' ? { output: end.output } : { error: end.error }
  // A failed run is confirmed by its event; where that doesn't come, the server is asked.
  const lookUpAt = status === 'failed' ? new Date(at.getTime() + SILENT_CALL_MS) : null
  return { status, ...said, until: null, endedAt: at, lookUpAt }
}

function executedRow(step: ExecutedStep, earlier: StepRow | undefined): StepRow {
  const { startedAt, ...rest } = step
  // An older execution, whose answer the server will not take, has no news any more.
  if (earlier?.attemptStartedAt && startedAt < earlier.attemptStartedAt) return earlier
  const firstAt = earlier?.startedAt ?? startedAt
  return { ...rest, foundAt: earlier?.foundAt ?? startedAt, startedAt: firstAt, attemptStartedAt: startedAt }
}
