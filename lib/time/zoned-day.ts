const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** No clock on earth is further from UTC. */
const FURTHEST_MS = 15 * HOUR_MS

const formats = new Map<string, Intl.DateTimeFormat>()

/** The date that the clocks of a zone show, as midnight in UTC of that date. */
function dateIn(timeZone: string, at: number): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, ...NUMBERS })
  formats.set(timeZone, format)
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day ?? 1)
}

const NUMBERS = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
} as const

/**
 * The instant at which a day begins in a zone: midnight, or the first that its clocks show of the day where they are put
 * forward over midnight. Pure.
 * @param at an instant of the day.
 * @param daysBefore how many days earlier: each as long as the zone's clocks make it.
 */
export function startOfDay(at: Date, timeZone: string, daysBefore = 0): Date {
  const date = dateIn(timeZone, at.getTime()) - daysBefore * DAY_MS
  // The first minute that shows this date, or a later one where the zone has skipped it: clocks go by whole minutes.
  let [before, from] = [(date - FURTHEST_MS) / MINUTE_MS, (date + FURTHEST_MS) / MINUTE_MS]
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2)
    if (dateIn(timeZone, middle * MINUTE_MS) >= date) from = middle
    else before = middle
  }
  return new Date(from * MINUTE_MS)
}

/** The day of the week in a zone, 0 for Sunday. Pure. */
export function weekdayOf(at: Date, timeZone: string): number {
  return new Date(dateIn(timeZone, at.getTime())).getUTCDay()
}
