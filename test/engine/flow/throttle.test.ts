import { describe, expect, it } from 'vitest'
import { admit } from '@/engine/flow/throttle'
import { ThrottleGate } from '@/engine/flow/throttle-gate'

/** The instants at which so many starts, all asked for at 0, go ahead. */
function startsOf(throttle: { limit: number; period: number; burst?: number }, count: number): number[] {
  const starts: number[] = []
  let arrivalAt = 0
  let now = 0
  while (starts.length < count) {
    const verdict = admit(throttle, arrivalAt, now)
    if ('waitUntil' in verdict) {
      now = verdict.waitUntil
    } else {
      arrivalAt = verdict.arrivalAt
      starts.push(now)
    }
  }
  return starts
}

describe('a throttle', () => {
  it('lets its limit through at once, then spaces starts evenly', () => {
    expect(startsOf({ limit: 2, period: 5_000 }, 5)).toEqual([0, 0, 2_500, 5_000, 7_500])
  })

  it('lets a burst through on top', () => {
    expect(startsOf({ limit: 1, period: 1_000, burst: 2 }, 5)).toEqual([0, 0, 0, 1_000, 2_000])
  })

  it('takes a limit of 0 as 1', () => {
    expect(startsOf({ limit: 0, period: 1_000 }, 3)).toEqual([0, 1_000, 2_000])
  })

  it('never starts more in any period than its limit and burst', () => {
    const starts = startsOf({ limit: 7, period: 1_000 }, 200)
    for (const [i, at] of starts.entries()) {
      const within = starts.slice(i).filter((other) => other > at && other <= at + 999)
      expect(within.length).toBeLessThanOrEqual(7)
    }
  })

  it('wakes a waiting key when its next start may go', () => {
    const gate = new ThrottleGate()
    const throttle = { limit: 1, period: 1_000 }
    expect(gate.enter('k', throttle, 10)).toBe(1_010)
    expect(gate.enter('k', throttle, 20)).toBeUndefined()
    expect(gate.isWaitedFor('k')).toBe(true)
    expect(gate.nextWakeAt()).toBe(1_010)
    expect(gate.takeWakes(1_009)).toEqual([])
    expect(gate.takeWakes(1_010)).toEqual(['k'])
    expect(gate.enter('k', throttle, 1_010)).toBe(2_010)
  })

  it('keeps the later of two accounts, in whatever order they come', () => {
    const gate = new ThrottleGate()
    expect(gate.note('k', 2_010)).toBe(2_010)
    expect(gate.note('k', 1_010)).toBe(2_010)
  })

  const back = { limit: 2, period: 1_000, burst: 1 }
  const LATER = 365 * 86_400_000

  it('is not shut until the old time comes again when the machine’s clock was set back', () => {
    let arrivalAt = 0
    for (let n = 0; n < 3; n++) arrivalAt = admit(back, arrivalAt, LATER).arrivalAt
    const verdict = admit(back, arrivalAt, 5_000)
    expect(verdict).toEqual({ waitUntil: 5_501, arrivalAt: 6_500.5 })
    expect(admit(back, verdict.arrivalAt, 5_501)).toEqual({ arrivalAt: 7_000.5 })
  })

  it('wakes who waited when the machine’s clock was set back, and spaces starts as ever from then on', () => {
    const gate = new ThrottleGate()
    for (let n = 0; n < 3; n++) expect(gate.enter('k', back, LATER)).toBeDefined()
    expect(gate.enter('k', back, LATER)).toBeUndefined()
    const starts: number[] = []
    for (let now = 0; now < 3_000; now++)
      if (gate.takeWakes(now).includes('k')) {
        if (gate.enter('k', back, now) !== undefined) starts.push(now)
        if (gate.enter('k', back, now) !== undefined) starts.push(now)
      }
    expect(starts).toEqual([501, 1_001, 1_501, 2_001, 2_501])
  })

  it('takes over a shorter period than that under which it was spent', () => {
    const { arrivalAt } = admit({ limit: 1, period: 86_400_000 }, 0, 1_000)
    expect(admit({ limit: 1, period: 1_000 }, arrivalAt, 1_000)).toMatchObject({ waitUntil: 2_001 })
  })

  it('leaves alone what its own starts have left, to the last fraction of a millisecond', () => {
    const throttle = { limit: 7, period: 1_000, burst: 3 }
    let arrivalAt = 0
    for (let now = 0; now < 5_000; now++)
      for (let verdict = admit(throttle, arrivalAt, now); !('waitUntil' in verdict); ) {
        arrivalAt = verdict.arrivalAt
        verdict = admit(throttle, arrivalAt, now)
        expect(verdict.arrivalAt).toBe('waitUntil' in verdict ? arrivalAt : arrivalAt + 1_000 / 7)
      }
  })

  it('keeps keys apart', () => {
    const gate = new ThrottleGate()
    const throttle = { limit: 1, period: 1_000 }
    expect(gate.enter('a', throttle, 0)).toBeDefined()
    expect(gate.enter('b', throttle, 0)).toBeDefined()
    expect(gate.enter('a', throttle, 0)).toBeUndefined()
  })
})
