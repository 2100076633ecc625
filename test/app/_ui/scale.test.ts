import { describe, expect, it } from 'vitest'
import { foldedScale, ticksOf, xOf } from '@/app/_ui/waterfall/scale'

const DAY = 24 * 3_600_000

/** Seconds of work at the beginning, after a day, and after four. */
const days = {
  range: [0, 4 * DAY + 500] as const,
  work: [
    [0, 300],
    [DAY, DAY + 2_000],
    [4 * DAY, 4 * DAY + 500],
  ] as const,
}

describe('the axis of a waterfall', () => {
  it('runs evenly where nothing is long', () => {
    const scale = foldedScale(
      [0, 1_000],
      [
        [100, 400],
        [500, 900],
      ],
    )
    expect([0, 250, 500, 1_000].map((at) => xOf(scale, at))).toEqual([0, 25, 50, 100])
  })

  it('folds days of sleep, so that seconds of work keep most of it', () => {
    const scale = foldedScale(days.range, days.work)
    const folded = scale.filter(({ isFolded }) => isFolded)
    expect(folded.map(({ from, to }) => [from, to])).toEqual([
      [300, DAY],
      [DAY + 2_000, 4 * DAY],
    ])
    const worked = scale.filter(({ isFolded }) => !isFolded).reduce((sum, { x0, x1 }) => sum + x1 - x0, 0)
    expect(worked).toBeGreaterThan(60)
    for (const { x0, x1 } of scale.filter(({ isFolded }) => !isFolded)) expect(x1 - x0).toBeGreaterThanOrEqual(7)
  })

  it('never goes back, and covers all of its length', () => {
    const scale = foldedScale(days.range, days.work)
    const xs = Array.from({ length: 401 }, (_, n) => xOf(scale, (days.range[1] * n) / 400))
    expect(xs).toEqual([...xs].sort((a, b) => a - b))
    expect([xs[0], xs.at(-1)?.toFixed(6)]).toEqual([0, '100.000000'])
  })

  it('keeps a pause that is shorter than a second', () => {
    const scale = foldedScale(
      [0, 1_000],
      [
        [0, 5],
        [990, 1_000],
      ],
    )
    expect(scale.some(({ isFolded }) => isFolded)).toBe(false)
  })

  it('stays within its length however many pauses there are', () => {
    const work = Array.from({ length: 200 }, (_, n) => [n * DAY, n * DAY + 10] as const)
    const scale = foldedScale([0, 199 * DAY + 10], work)
    expect(scale.at(-1)?.x1).toBeCloseTo(100)
    for (const { x0, x1 } of scale) expect(x1).toBeGreaterThan(x0)
  })

  it('is one stretch where nothing was done, and no length at all gives no nonsense', () => {
    expect(foldedScale([0, DAY], [])).toEqual([{ from: 0, to: DAY, x0: 0, x1: 100, isFolded: true }])
    expect(xOf(foldedScale([5, 5], []), 5)).toBe(0)
    expect(ticksOf(foldedScale([5, 5], []))).toEqual([])
  })
})

describe('the ticks of the axis', () => {
  it('are round where it runs evenly', () => {
    expect(ticksOf(foldedScale([0, 1_000], [[0, 1_000]])).map(({ at }) => at)).toEqual([0, 200, 400, 600, 800])
  })

  it('stand where work begins, where it is folded, and never on each other', () => {
    const ticks = ticksOf(foldedScale(days.range, days.work))
    expect(ticks.map(({ at }) => at)).toEqual(expect.arrayContaining([0, DAY]))
    const xs = ticks.map(({ x }) => x).sort((a, b) => a - b)
    for (const [n, x] of xs.entries()) expect(x - (xs[n - 1] ?? -100)).toBeGreaterThanOrEqual(11)
  })
})
