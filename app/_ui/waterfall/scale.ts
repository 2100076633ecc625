/** A stretch of time and where it lies on the axis, in percent. A folded one is long, and nothing is done in it. */
export type Stretch = { from: number; to: number; x0: number; x1: number; isFolded: boolean }

export type Tick = { at: number; x: number }

type Interval = readonly [from: number, to: number]

/** A pause is folded when it is longer than a second and than so many times all that was done. */
const FOLD_BEYOND = 3
const FOLD_FROM_MS = 1_000
/** Of the axis, in percent: one fold, and at least one stretch of work; less where there are many. */
const FOLD_WIDTH = 9
const ALL_FOLDS = 40
const WORK_WIDTH = 7
const ALL_LEAST_WORK = 45

/**
 * An axis on which four days of sleep don't flatten two seconds of work: time runs evenly within each stretch, and long
 * pauses are folded to the same short length.
 * @param range all that is shown, in ms.
 * @param work when something was done; may overlap.
 */
export function foldedScale([from, to]: Interval, work: readonly Interval[]): Stretch[] {
  const busy = merged(work)
  const limit = Math.max(FOLD_FROM_MS, FOLD_BEYOND * sum(busy.map(lengthOf)))
  const pauses = pausesBetween([from, to], busy).filter((pause) => lengthOf(pause) > limit)
  const stretches = cut([from, to], pauses)
  return placed(stretches)
}

/** Where an instant lies, in percent of the axis. */
export function xOf(stretches: readonly Stretch[], at: number): number {
  const stretch = stretches.find(({ to }) => at <= to) ?? stretches.at(-1)
  if (!stretch) return 0
  const share = stretch.to > stretch.from ? (at - stretch.from) / (stretch.to - stretch.from) : 0
  return stretch.x0 + Math.min(1, Math.max(0, share)) * (stretch.x1 - stretch.x0)
}

const NEAREST = 11

/** Where the axis says what time it is: evenly where nothing is folded, else at the edges of the folds. */
export function ticksOf(stretches: readonly Stretch[]): Tick[] {
  const [first] = stretches
  const last = stretches.at(-1)
  if (!first || !last) return []
  const isWhole = stretches.length === 1
  const instants = isWhole ? evenly(first) : edgesOf(stretches)
  const ticks: Tick[] = []
  for (const at of instants) {
    const x = xOf(stretches, at)
    const isClear = ticks.every((tick) => Math.abs(tick.x - x) >= NEAREST)
    if (isClear && x <= 100 - NEAREST / 2) ticks.push({ at, x })
  }
  return ticks
}

/** Where stretches of work begin, which says most, and then where they end. */
function edgesOf(stretches: readonly Stretch[]): number[] {
  const works = stretches.filter(({ isFolded }) => !isFolded)
  return [...works.map(({ from }) => from), ...works.map(({ to }) => to)]
}

/** Steps of 1, 2 or 5 times a power of ten, about four of them. */
function evenly({ from, to }: Stretch): number[] {
  const rough = Math.max(1, (to - from) / 4)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : 5)
  const instants: number[] = []
  for (let at = from; at < to; at += step) instants.push(at)
  return instants
}

function merged(work: readonly Interval[]): Interval[] {
  const sorted = [...work].sort((a, b) => a[0] - b[0])
  const busy: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = busy.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else busy.push([from, to])
  }
  return busy
}

function pausesBetween([from, to]: Interval, busy: readonly Interval[]): Interval[] {
  const edges = [from, ...busy.flat(), to]
  const pauses: Interval[] = []
  for (let i = 0; i < edges.length; i += 2) pauses.push([edges[i] ?? from, edges[i + 1] ?? to])
  return pauses
}

type Cut = { from: number; to: number; isFolded: boolean }

function cut([from, to]: Interval, pauses: readonly Interval[]): Cut[] {
  const stretches: Cut[] = []
  let at = from
  for (const [pauseFrom, pauseTo] of pauses) {
    if (pauseFrom > at) stretches.push({ from: at, to: pauseFrom, isFolded: false })
    stretches.push({ from: pauseFrom, to: pauseTo, isFolded: true })
    at = pauseTo
  }
  if (at < to || stretches.length === 0) stretches.push({ from: at, to, isFolded: false })
  return stretches
}

function placed(stretches: readonly Cut[]): Stretch[] {
  const folds = stretches.filter(({ isFolded }) => isFolded).length
  const works = stretches.length - folds
  const foldWidth = works === 0 ? 100 / folds : Math.min(FOLD_WIDTH, ALL_FOLDS / Math.max(1, folds))
  const leastWidth = Math.min(WORK_WIDTH, ALL_LEAST_WORK / Math.max(1, works))
  const shared = 100 - folds * foldWidth - works * leastWidth
  const worked = sum(stretches.filter(({ isFolded }) => !isFolded).map(({ from, to }) => to - from))
  let x = 0
  return stretches.map(({ from, to, isFolded }) => {
    const share = worked > 0 ? (to - from) / worked : 1 / works
    const x0 = x
    x += isFolded ? foldWidth : leastWidth + share * shared
    return { from, to, x0, x1: x, isFolded }
  })
}

const lengthOf = ([from, to]: Interval) => to - from
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
