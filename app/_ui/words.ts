const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time in at most two units, such as `840 ms`, `1.24 s`, `2 min 5 s`, `4 d 2 h`. */
export function durationWords(ms: number): string {
  // What would be rounded up to a whole larger unit is told in that one.
  if (ms < SECOND - 0.5) return `${Math.max(0, Math.round(ms))} ms`
  if (ms < 10 * SECOND - 5) return `${Number((ms / SECOND).toFixed(2))} s`
  if (ms < MINUTE - 50) return `${Number((ms / SECOND).toFixed(1))} s`
  if (ms < HOUR - SECOND / 2) return twoUnits(Math.round(ms / SECOND), 60, 'min', 's')
  if (ms < DAY - MINUTE / 2) return twoUnits(Math.round(ms / MINUTE), 60, 'h', 'min')
  return twoUnits(Math.round(ms / HOUR), 24, 'd', 'h')
}

function twoUnits(small: number, inLarge: number, largeUnit: string, smallUnit: string): string {
  const [large, rest] = [Math.floor(small / inLarge), small % inLarge]
  return rest === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${rest} ${smallUnit}`
}

/** How long ago, or how far ahead, in its largest unit: `now`, `12 s ago`, `in 3 d`. */
export function agoWords(at: Date, now: Date): string {
  const ms = now.getTime() - at.getTime()
  const [length, unit] = largestUnit(Math.abs(ms))
  if (length === 0) return 'now'
  return ms > 0 ? `${length} ${unit} ago` : `in ${length} ${unit}`
}

function largestUnit(ms: number): [length: number, unit: string] {
  if (ms < MINUTE) return [Math.floor(ms / SECOND), 's']
  if (ms < HOUR) return [Math.floor(ms / MINUTE), 'min']
  if (ms < 2 * DAY) return [Math.floor(ms / HOUR), 'h']
  return [Math.floor(ms / DAY), 'd']
}

const grouped = new Intl.NumberFormat('en-GB')

/** A count with its thousands apart. */
export function countWords(count: number): string {
  return grouped.format(count)
}

/** A count and what it counts: `1 run`, `12 runs`. */
export function several(count: number, one: string, many = `${one}s`): string {
  return `${countWords(count)} ${count === 1 ? one : many}`
}
