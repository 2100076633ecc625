import { startOfDay, weekdayOf } from '../../lib/time/zoned-day'
import { between, type Chance, pick } from './chance'

const DAYS = 91
const HOUR_MS = 3_600_000
/** From Sunday on: people have money and time towards the weekend. */
const WEEKDAYS = [1.0, 0.7, 0.7, 0.8, 1.1, 1.6, 1.5]
/** When people order, from midnight on: at noon, and in the evening. */
const HOURS = [1, 0, 0, 0, 0, 0, 1, 2, 4, 5, 6, 8, 9, 7, 5, 5, 5, 6, 8, 10, 11, 9, 5, 2]
/** Where in the part of today that has gone by the latest orders are. */
const TODAY = [0.32, 0.58, 0.77, 0.9, 0.97]

/**
 * When orders came in: over three months, some more each week, and the latest few today.
 * @returns so many instants, oldest first; none is later than now.
 */
export function makeInstants(
  chance: Chance,
  { count, now, timeZone }: { count: number; now: Date; timeZone: string },
): Date[] {
  const days = Array.from({ length: DAYS }, (_, i) => startOfDay(now, timeZone, DAYS - i))
  const weights = new Map(
    days.map((day, i) => [day, (WEEKDAYS[weekdayOf(day, timeZone)] ?? 1) * (0.7 + (0.8 * i) / DAYS)]),
  )
  const hours = HOURS.map((weight, hour) => ({ weight, hour }))
  const before = Array.from({ length: count - TODAY.length }, () => {
    const day = pick(chance, days, (each) => weights.get(each) ?? 1)
    const { hour } = pick(chance, hours, ({ weight }) => weight)
    return day.getTime() + hour * HOUR_MS + between(chance, 0, HOUR_MS - 1)
  })
  const midnight = startOfDay(now, timeZone).getTime()
  const today = TODAY.map((part) => midnight + Math.floor((now.getTime() - midnight) * part))
  return [...before, ...today].sort((a, b) => a - b).map((at) => new Date(at))
}
