import { isDeepStrictEqual } from 'node:util'
import type { Blow } from '../blows'
import type { Execution } from './executions'
import { functionIds, stepsOf } from './expected'
import { groupBy } from './group-by'
import { findRepeats } from './repeats'
import type { Stored, WorkloadRun } from './stored'

/** All that was seen of the workload. */
export type Evidence = {
  /** Ids of the events that the engine said it has. */
  taken: string[]
  runs: WorkloadRun[]
  executions: Execution[]
  stored: Stored[]
  blows: Blow[]
  /** Items and waits that the engine still has. */
  leftovers: string[]
}

/** Each list tells of what should never be: all are empty when nothing was lost, and nothing repeated. */
export function judge({ taken, runs, executions, stored, blows, leftovers }: Evidence) {
  const { repeated, againForNothing } = findRepeats(executions, stored, blows)
  return {
    ...eventWrongs(taken, runs),
    leftovers,
    unfinishedRuns: runs
      .filter(({ status }) => status !== 'completed')
      .map(({ id, status, error }) => `${id} ${status} ${error}`),
    wrongSteps: runs.filter((run) => !hasItsSteps(run)).map(({ id, steps }) => `${id} ${JSON.stringify(steps)}`),
    wrongOutputs: runs.filter((run) => !isOutputRight(run)).map(({ id, output }) => `${id} ${output}`),
    ...memoWrongs(runs, stored),
    madeUpAnswers: madeUpAnswers(runs, executions),
    repeatedSteps: repeated.map(described),
    againForNothing: againForNothing.map(described),
    sessionsOfTwoEpochs: sessionsOfTwoEpochs(stored),
  }
}

function eventWrongs(taken: string[], runs: WorkloadRun[]) {
  const runsOf = groupBy(runs, ({ functionId, eventId }) => `${functionId} ${eventId}`)
  const starts = taken.flatMap((id) => functionIds.map((functionId) => `${functionId} ${id}`))
  const childrenOf = groupBy(runs, ({ parentRunId }) => parentRunId ?? '')
  return {
    lostEvents: starts.filter((start) => !runsOf.has(start)),
    doubledEvents: starts.filter((start) => (runsOf.get(start)?.length ?? 0) > 1),
    wrongChildren: runs
      .filter(({ id, functionId }) => (childrenOf.get(id)?.length ?? 0) !== (functionId === 'child' ? 0 : 1))
      .map(({ id }) => id),
  }
}

function hasItsSteps({ functionId, steps }: WorkloadRun): boolean {
  const { code, others } = stepsOf[functionId]
  const names = steps.map(({ name }) => name).toSorted()
  return steps.every(({ status }) => status === 'done') && isDeepStrictEqual(names, [...code, ...others].toSorted())
}

/** Whether the function itself has seen what is stored: its steps' answers, its own event's answer, and silence. */
function isOutputRight({ functionId, eventId, output, steps }: WorkloadRun): boolean {
  const dataOf = (step: string) => JSON.parse(steps.find(({ name }) => name === step)?.memo ?? 'null')?.data
  const answers = Object.fromEntries(stepsOf[functionId].code.map((name) => [name, dataOf(name)]))
  const right =
    functionId === 'child'
      ? answers
      : { nonces: answers, invoked: dataOf('invoke'), answeredBy: eventId, silence: null }
  return isDeepStrictEqual(JSON.parse(output ?? 'null'), right)
}

/** The first answer that is stored stays: none is written over it, and the run goes on with it. */
function memoWrongs(runs: WorkloadRun[], stored: Stored[]) {
  const storedOf = groupBy(stored, ({ runId, step }) => `${runId} ${step}`)
  const steps = runs.flatMap(({ id, steps }) => steps.map(({ name, memo }) => ({ key: `${id} ${name}`, memo })))
  return {
    overwrittenSteps: [...storedOf].filter(([, times]) => times.length > 1).map(([key]) => key),
    changedMemos: steps.filter(({ key, memo }) => storedOf.get(key)?.[0]?.memo !== memo).map(({ key }) => key),
  }
}

/** Stored answers that no execution of their step has given. */
function madeUpAnswers(runs: WorkloadRun[], executions: Execution[]): string[] {
  const given = new Set(
    executions.filter(({ hasThrown }) => !hasThrown).map(({ runId, step, nonce }) => `${runId} ${step} ${nonce}`),
  )
  return runs.flatMap(({ id, functionId, steps }) =>
    steps
      .filter(({ name, memo }) => memo !== null && stepsOf[functionId].code.includes(name))
      .map(({ name, memo }) => `${id} ${name} ${JSON.parse(memo ?? 'null')?.data}`)
      .filter((answer) => !given.has(answer)),
  )
}

/** A session is of one epoch: one that has stored anything under the next one too was that of a replaced leader. */
function sessionsOfTwoEpochs(stored: Stored[]): string[] {
  return [...groupBy(stored, ({ session }) => session)]
    .filter(([, times]) => new Set(times.map(({ epoch }) => epoch)).size > 1)
    .map(([session]) => session)
}

function described({ runId, step, calledAt, startedAt }: Execution): string {
  return `${runId} ${step}: called at ${calledAt}, began at ${startedAt}`
}
