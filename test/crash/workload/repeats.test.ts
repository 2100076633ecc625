import { describe, expect, it } from 'vitest'
import type { Blow } from '../blows'
import type { Execution } from './executions'
import { findRepeats } from './repeats'
import type { Stored } from './stored'

// All on one clock, in milliseconds. The answer of the first execution is stored at 10,050.
const CALLED = 10_000
const STORED = 10_050

const execution = (what: Partial<Execution> = {}): Execution => ({
  ...{ runId: 'run', step: 'first', nonce: 'a', calledAt: CALLED, startedAt: CALLED + 2, hasThrown: false },
  ...what,
})
const stored = (what: Partial<Stored> = {}): Stored => ({
  ...{ runId: 'run', step: 'first', memo: '{"data":"a"}', at: STORED, epoch: 1, session: '1' },
  ...what,
})
const kill = (victim: Blow['victim'], at: number): Blow => ({ victim, way: 'kill', at, until: at })

const namesOf = (executions: Execution[], blows: Blow[] = [], answers = [stored()]) => {
  const { repeated, leftBehind, again, againForNothing } = findRepeats(executions, answers, blows)
  const nonces = (which: Execution[]) => which.map(({ nonce }) => nonce)
  return {
    repeated: nonces(repeated),
    leftBehind: nonces(leftBehind),
    again: nonces(again),
    againForNothing: nonces(againForNothing),
  }
}
const nothing = { repeated: [], leftBehind: [], again: [], againForNothing: [] }

describe('a step whose answer is stored', () => {
  it('is not repeated by the execution that gave it', () => {
    expect(namesOf([execution()])).toEqual(nothing)
  })

  it('is repeated by an execution whose call came in after it was stored, whoever was killed before', () => {
    const late = execution({ nonce: 'b', calledAt: STORED + 1, startedAt: STORED + 3 })
    expect(namesOf([execution(), late], [kill('leader', CALLED + 10)])).toMatchObject({
      repeated: ['b'],
      leftBehind: [],
    })
  })

  it('is repeated by one whose call came in before, when no engine was struck meanwhile: there were two calls', () => {
    const late = execution({ nonce: 'b', calledAt: CALLED + 1, startedAt: STORED + 3 })
    expect(namesOf([execution(), late], [kill('postgres', CALLED + 10)]).repeated).toEqual(['b'])
  })

  it('is not the engine’s to keep from a call that a killed engine had left behind in the app', () => {
    const late = execution({ nonce: 'b', calledAt: CALLED - 500, startedAt: STORED + 3 })
    expect(namesOf([execution(), late], [kill('leader', CALLED - 400)])).toMatchObject({
      repeated: [],
      leftBehind: ['b'],
    })
  })

  it('is another step than that of the same name in another run', () => {
    const other = execution({ runId: 'other', nonce: 'b', calledAt: STORED + 1, startedAt: STORED + 3 })
    expect(namesOf([execution(), other])).toEqual(nothing)
  })
})

describe('a step whose answer was not stored', () => {
  const second = execution({ nonce: 'b', calledAt: CALLED + 3_000, startedAt: CALLED + 3_002 })
  const answers = [stored({ at: CALLED + 3_050, memo: '{"data":"b"}' })]

  it('runs again when something was killed in between', () => {
    expect(namesOf([execution(), second], [kill('workload', CALLED + 20)], answers)).toEqual({
      ...nothing,
      again: ['a'],
    })
  })

  it('has no reason to when nothing was', () => {
    expect(namesOf([execution(), second], [kill('workload', CALLED - 5_000)], answers).againForNothing).toEqual(['a'])
  })

  it('runs again by right when it threw', () => {
    expect(namesOf([execution({ hasThrown: true }), second], [], answers)).toEqual(nothing)
  })
})
