import type pg from 'pg'
import { db } from '@/lib/db'
import type { RunStep } from '@/lib/db/generated/client'
import { keptError, keptValue } from '@/lib/runs/kept-value'
import type { ContractServer } from './server'

type ServerView = { status: string; output?: unknown; ended_at: string | null }
type EngineStep = { id: string; status: string; memo: string | null }
type EngineParent = { id: string; parent_run_id: string | null; parent_step_id: string | null }

const statuses: Record<string, string[]> = {
  Running: ['queued', 'running', 'sleeping', 'waiting', 'retrying'],
  Completed: ['completed'],
  Failed: ['failed'],
  Cancelled: ['cancelled'],
}
// The SDK names no kind for `sendSignal`.
const executedKinds = ['run', 'sendEvent', 'ai.wrap', 'group.experiment']
const kinds = [...executedKinds, 'sleep', 'waitForEvent', 'waitForSignal', 'invoke', 'fetch', 'ai.infer', 'unknown']

/** What the ledger says of a run otherwise than the server does, in words; nothing where they agree. */
export async function differences(server: ContractServer, runId: string): Promise<string[]> {
  const told = await tellOf(server, runId)
  const run = await db().run.findUnique({
    where: { id: runId },
    include: { steps: { orderBy: { seq: 'asc' } }, failedAttempts: true },
  })
  if (!run) return [`${runId} (${told.status}) is not in the ledger`]
  const wrong: string[] = []
  const expectSame = (what: string, ours: unknown, theirs: unknown) => {
    if (JSON.stringify(sorted(ours)) !== JSON.stringify(sorted(theirs)))
      wrong.push(`${run.functionId}: ${what} is ${JSON.stringify(ours)}, but the server says ${JSON.stringify(theirs)}`)
  }
  if (!statuses[told.status]?.includes(run.status)) expectSame('status', run.status, told.status)
  if (run.status === 'completed') expectSame('output', run.output ?? null, keptValue(told.output ?? null))
  if (run.status === 'failed') expectSame('error', messageOf(run.error), keptError(told.output).message)
  if ((run.endedAt === null) !== (told.ended_at === null)) expectSame('end', run.endedAt, told.ended_at)
  if (run.startedAt && run.endedAt && run.startedAt > run.endedAt) wrong.push(`${run.functionId} ended before it began`)
  for (const problem of run.steps.flatMap((step) => unsound(step, run.status)))
    wrong.push(`${run.functionId}: ${problem}`)
  for (const { stepId, startedAt, endedAt } of run.failedAttempts) {
    if (startedAt > endedAt) wrong.push(`${run.functionId}: an attempt ended before it began`)
    if (stepId && !run.steps.some(({ id }) => id === stepId)) wrong.push(`${run.functionId}: an attempt at no step`)
  }
  if (server.database) await compareInside(server.database, run, expectSame)
  return wrong
}

async function tellOf(server: ContractServer, runId: string): Promise<ServerView> {
  const headers = { authorization: server.authorization }
  const response = await fetch(`${server.url}/v1/runs/${runId}`, { headers })
  return ((await response.json()) as { data: ServerView }).data
}

/** What is wrong with a step by itself, whatever the server says. */
function unsound(step: RunStep, runStatus: string): string[] {
  const wrong: string[] = []
  const { name, kind, status, foundAt, startedAt, attemptStartedAt, endedAt } = step
  if (!kinds.includes(kind)) wrong.push(`the step ${name} is of no kind: ${kind}`)
  if (!name || name === step.id) wrong.push(`the step ${step.id} has no name`)
  if (endedAt === null && runStatus === 'completed') wrong.push(`the step ${name} is left ${status}`)
  if (endedAt === null && runStatus === 'failed' && status === 'running') wrong.push(`the step ${name} runs for ever`)
  if (status === 'failed' && !messageOf(step.error)) wrong.push(`the step ${name} has failed without a word`)
  if (status !== 'failed' && status !== 'errored' && step.error) wrong.push(`the step ${name} has an error`)
  const instants = [foundAt, startedAt, attemptStartedAt, endedAt].filter((instant) => instant !== null)
  if (instants.some((instant, i) => i > 0 && instant < (instants[i - 1] ?? instant)))
    wrong.push(`the instants of ${name} are not in order`)
  const isExecuted = executedKinds.includes(kind)
  if (isExecuted && endedAt && !startedAt) wrong.push(`the step ${name} has ended and never began`)
  if (!isExecuted && kind !== 'invoke' && endedAt === null && !step.until) wrong.push(`${name} waits for ever`)
  return wrong
}

type Run = { id: string; parentRunId: string | null; parentStepId: string | null; status: string; steps: RunStep[] }
type ExpectSame = (what: string, ours: unknown, theirs: unknown) => void

/** Our own engine's memo and parents, which no door tells. */
async function compareInside(database: pg.Pool, run: Run, expectSame: ExpectSame): Promise<void> {
  const parent = await database.query<EngineParent>('SELECT * FROM engine.run WHERE id = $1', [run.id])
  expectSame('parent', run.parentRunId, parent.rows[0]?.parent_run_id ?? null)
  expectSame('parent’s step', run.parentStepId, parent.rows[0]?.parent_step_id ?? null)
  const { rows } = await database.query<EngineStep>('SELECT * FROM engine.step WHERE run_id = $1', [run.id])
  for (const { id, status, memo } of rows) {
    const step = run.steps.find((each) => each.id === id)
    // What ended beside the failure or the cancelling of its run was never told to the app.
    const isTold = run.status !== 'failed' && run.status !== 'cancelled'
    if (!step || (status === 'done' && isTold && !step.endedAt)) expectSame(`the step ${id}`, step?.status, status)
    else if (step.endedAt && memo !== null) compareMemo(step, JSON.parse(memo), expectSame)
  }
}

function compareMemo({ name, status, output, error }: RunStep, memo: unknown, expectSame: ExpectSame): void {
  const { error: failure, data } = (memo ?? {}) as { error?: unknown; data?: unknown }
  const isWrapped = memo !== null && typeof memo === 'object' && Object.keys(memo).join() === 'data'
  expectSame(`the end of ${name}`, status, failure ? 'failed' : 'completed')
  if (failure) expectSame(`the error of ${name}`, messageOf(error), keptError(failure).message)
  else expectSame(`the result of ${name}`, output, keptValue(isWrapped ? data : memo))
}

const messageOf = (error: unknown) => (error as { message?: string } | null)?.message ?? ''

/** The same value with its fields in order, at every depth. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([name, inner]) => [name, sorted(inner)]),
  )
}
