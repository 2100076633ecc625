import { describe, expect, it } from 'vitest'
import { agoWords, countWords, durationWords, several } from '@/app/_ui/words'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('a length of time', () => {
  it.each([
    [0, '0 ms'],
    [-5, '0 ms'],
    [12.4, '12 ms'],
    [999, '999 ms'],
    [1_240, '1.24 s'],
    [9_999, '10 s'],
    [12_340, '12.3 s'],
    [MINUTE, '1 min'],
    [2 * MINUTE + 5 * SECOND, '2 min 5 s'],
    [59 * MINUTE + 59_700, '1 h'],
    [3 * HOUR + 12 * MINUTE, '3 h 12 min'],
    [DAY, '1 d'],
    [4 * DAY + 2 * HOUR, '4 d 2 h'],
  ])('of %d ms is told as %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words)
  })

  it.each([MINUTE, HOUR, DAY])('never has sixty of a unit, just below %d ms', (edge) => {
    for (const ms of [edge - 1, edge - 400, edge - 600]) expect(durationWords(ms)).not.toMatch(/\b60 |\b24 h$/)
  })
})

describe('an instant', () => {
  const now = new Date('2026-11-24T12:00:00Z')
  it.each([
    [0, 'now'],
    [400, 'now'],
    [12 * SECOND, '12 s ago'],
    [5 * MINUTE, '5 min ago'],
    [30 * HOUR, '30 h ago'],
    [3 * DAY, '3 d ago'],
    [-4 * SECOND, 'in 4 s'],
    [-23 * HOUR, 'in 23 h'],
  ])('%d ms before now is told as %s', (ms, words) => {
    expect(agoWords(new Date(now.getTime() - ms), now)).toBe(words)
  })
})

describe('a count', () => {
  it('has its thousands apart, and one thing is not several', () => {
    expect(countWords(1_204_000)).toBe('1,204,000')
    expect([several(1, 'run'), several(0, 'run'), several(12, 'reply', 'replies')]).toEqual([
      '1 run',
      '0 runs',
      '12 replies',
    ])
  })
})
