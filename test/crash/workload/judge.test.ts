import { describe, expect, it } from 'vitest'
import type { Execution } from './executions'
import { stepsOf } from './expected'
import { type Evidence, judge } from './judge'
import type { Stored, WorkloadRun } from './stored'

const START = 1_000_000

/** What is seen of one event when all goes well: two runs, each of which has invoked one. */
function goodEvidence(): Evidence {
  const seen: Evidence = { taken: ['event'], runs: [], executions: [], stored: [], blows: [], leftovers: [] }
  for (const functionId of ['by-checkpoints', 'by-answers'] as const) {
    const child = addRun(seen, { id: `${functionId} child`, functionId: 'child', parentRunId: functionId })
    addRun(seen, { id: functionId, functionId, parentRunId: null }, child)
  }
  return seen
}

type Identity = Pick<WorkloadRun, 'id' | 'functionId' | 'parentRunId'>

function addRun(seen: Evidence, identity: Identity, invoked?: object): Record<string, string> {
  const { id, functionId } = identity
  const nonces = Object.fromEntries(stepsOf[functionId].code.map((step) => [step, `${id} ${step}`]))
  const memoOf = (step: string) =>
    JSON.stringify(step === 'invoke' ? { data: invoked } : step in nonces ? { data: nonces[step] } : null)
  const steps = [...stepsOf[functionId].code, ...stepsOf[functionId].others].map((name) => ({
    ...{ name, status: 'done', memo: memoOf(name) },
  }))
  const output = functionId === 'child' ? nonces : { nonces, invoked, answeredBy: 'event', silence: null }
  seen.runs.push({
    ...identity,
    eventId: 'event',
    status: 'completed',
    output: JSON.stringify(output),
    error: null,
    steps,
  })
  for (const [step, nonce] of Object.entries(nonces))
    seen.executions.push({ runId: id, step, nonce, calledAt: START, startedAt: START, hasThrown: false })
  for (const { name, memo } of steps)
    seen.stored.push({ runId: id, step: name, memo, at: START + 50, epoch: 1, session: 'session' })
  return nonces
}

/** What is found wrong, by name, after something was changed. */
function found(change: (seen: Evidence) => void): string[] {
  const seen = goodEvidence()
  change(seen)
  return Object.entries(judge(seen))
    .filter(([, wrongs]) => wrongs.length > 0)
    .map(([name]) => name)
}

const runOf = (seen: Evidence) => seen.runs.find(({ id }) => id === 'by-answers') as WorkloadRun
const storedOf = (seen: Evidence) =>
  seen.stored.find(({ runId, step }) => runId === 'by-answers' && step === 'first') as Stored
const executionOf = (seen: Evidence) =>
  seen.executions.find(({ runId, step }) => runId === 'by-answers' && step === 'first') as Execution

describe('the judge of the workload', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(found(() => {})).toEqual([])
  })

  it('finds an event that has started nothing', () => {
    expect(found((seen) => seen.taken.push('lost'))).toEqual(['lostEvents'])
  })

  it('finds an event that has started a function twice', () => {
    const change = (seen: Evidence) => {
      addRun(seen, { id: 'twin child', functionId: 'child', parentRunId: 'twin' })
      addRun(seen, { id: 'twin', functionId: 'by-answers', parentRunId: null })
    }
    expect(found(change)).toContain('doubledEvents')
  })

  it('finds a run that was invoked twice', () => {
    const change = (seen: Evidence) => void addRun(seen, { id: 'twin', functionId: 'child', parentRunId: 'by-answers' })
    expect(found(change)).toEqual(['wrongChildren'])
  })

  it('finds a run that has not completed', () => {
    expect(found((seen) => Object.assign(runOf(seen), { status: 'running' }))).toEqual(['unfinishedRuns'])
  })

  it('finds a step that is missing, and one that is still open', () => {
    expect(found((seen) => runOf(seen).steps.pop())).toContain('wrongSteps')
    expect(found((seen) => Object.assign(runOf(seen).steps[0] ?? {}, { status: 'pending' }))).toContain('wrongSteps')
  })

  it('finds a wait that was not answered though its event was sent', () => {
    const change = (seen: Evidence) => {
      const run = runOf(seen)
      run.output = JSON.stringify({ ...JSON.parse(run.output ?? ''), answeredBy: undefined })
    }
    expect(found(change)).toEqual(['wrongOutputs'])
  })

  it('finds an answer that was stored over another one', () => {
    expect(found((seen) => seen.stored.push({ ...storedOf(seen), memo: '{"data":"other"}' }))).toEqual([
      'overwrittenSteps',
    ])
  })

  it('finds a memo that is not the first that was stored', () => {
    expect(found((seen) => Object.assign(storedOf(seen), { memo: '{"data":"other"}' }))).toEqual(['changedMemos'])
  })

  it('finds an answer that nobody has given', () => {
    expect(found((seen) => Object.assign(executionOf(seen), { nonce: 'other' }))).toEqual(['madeUpAnswers'])
  })

  it('finds a stored step that was repeated, and nothing that would excuse it', () => {
    const change = (seen: Evidence) =>
      seen.executions.push({ ...executionOf(seen), nonce: 'other', calledAt: START + 100, startedAt: START + 101 })
    expect(found(change)).toEqual(['repeatedSteps', 'againForNothing'])
  })

  it('finds a leader that has written after it was replaced', () => {
    expect(found((seen) => Object.assign(storedOf(seen), { epoch: 2 }))).toEqual(['sessionsOfTwoEpochs'])
  })

  it('finds what the engine would still wait for', () => {
    expect(found((seen) => seen.leftovers.push('wait'))).toEqual(['leftovers'])
  })
})
