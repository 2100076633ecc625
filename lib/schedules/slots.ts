import { addDays, startOfMonth, weekdayOfDate } from '../time/calendar-date'
import { instantOf, wallClockOf } from '../time/zoned-instant'

/** When something is to happen, by the clocks of a zone. Weekdays count from 0 for Sunday. */
export type Rhythm =
  | { every: 'minutes'; minutes: number }
  | { every: 'day'; hour: number }
  | { every: 'week'; weekday: number; hour: number }
  | { every: 'month'; hour: number }

/** What becomes of slots that nobody was there for: none of them, the last one, or each. */
export type MissedSlotPolicy = 'skip' | 'latest' | 'all'

const MINUTE_MS = 60_000
/** A longer absence is not looked through: only the last so many slots count. */
const MOST_SLOTS = 1_000

/** The last slot up to and including an instant. Pure. */
export function lastSlotUpTo(rhythm: Rhythm, timeZone: string, at: Date): Date {
  if (rhythm.every === 'minutes') return floor(at, rhythm.minutes)
  // The day after today: a slot in a gap at a day's end comes only when the clocks show the next one.
  let date = slotDate(rhythm, addDays(wallClockOf(at, timeZone).date, 1))
  for (;;) {
    const slot = slotOn(date, rhythm.hour, timeZone)
    if (slot <= at) return slot
    date = slotDate(rhythm, addDays(date, -1))
  }
}

/** The first slot after an instant. Pure. */
export function nextSlotAfter(rhythm: Rhythm, timeZone: string, at: Date): Date {
  if (rhythm.every === 'minutes') return new Date(floor(at, rhythm.minutes).getTime() + rhythm.minutes * MINUTE_MS)
  let date = slotDate(rhythm, addDays(wallClockOf(at, timeZone).date, -1))
  for (;;) {
    const slot = slotOn(date, rhythm.hour, timeZone)
    if (slot > at) return slot
    date = followingDate(rhythm, date)
  }
}

/** The next slots after an instant, soonest first. Pure. */
export function nextSlots(rhythm: Rhythm, timeZone: string, at: Date, count: number): Date[] {
  const slots: Date[] = []
  for (let after = at; slots.length < count; ) {
    after = nextSlotAfter(rhythm, timeZone, after)
    slots.push(after)
  }
  return slots
}

/** The slots after one instant, up to and including another, oldest first; the last thousand of them. Pure. */
export function slotsBetween(rhythm: Rhythm, timeZone: string, after: Date, upTo: Date): Date[] {
  const slots: Date[] = []
  for (let at = upTo; slots.length < MOST_SLOTS; ) {
    const slot = lastSlotUpTo(rhythm, timeZone, at)
    if (slot <= after) break
    slots.push(slot)
    at = new Date(slot.getTime() - 1)
  }
  return slots.reverse()
}

export type SlotQuestion = {
  rhythm: Rhythm
  timeZone: string
  policy: MissedSlotPolicy
  /** The last slot that was done or skipped; or since when there is a schedule for this scope at all. */
  after: Date
  now: Date
  /** A slot is not missed until so long has gone by since. */
  graceMs: number
}

/**
 * Which slots are to be done now, and which are given up, each oldest first. Pure.
 *
 * A slot within its grace is never missed, whatever the policy says.
 */
export function dueSlots({ rhythm, timeZone, policy, after, now, graceMs }: SlotQuestion): {
  due: Date[]
  skipped: Date[]
} {
  const slots = slotsBetween(rhythm, timeZone, after, now)
  if (policy === 'all') return { due: slots, skipped: [] }
  const last = slots.at(-1)
  const isLastDone = last !== undefined && (policy === 'latest' || now.getTime() - last.getTime() < graceMs)
  return isLastDone ? { due: [last], skipped: slots.slice(0, -1) } : { due: [], skipped: slots }
}

const floor = (at: Date, minutes: number) =>
  new Date(Math.floor(at.getTime() / (minutes * MINUTE_MS)) * minutes * MINUTE_MS)

const slotOn = (date: string, hour: number, timeZone: string) => instantOf({ date, hour, minute: 0 }, timeZone)

type ByDate = Exclude<Rhythm, { every: 'minutes' }>

/** The last date with a slot up to and including a date. */
function slotDate(rhythm: ByDate, date: string): string {
  if (rhythm.every === 'day') return date
  if (rhythm.every === 'month') return startOfMonth(date)
  return addDays(date, -((weekdayOfDate(date) - rhythm.weekday + 7) % 7))
}

function followingDate(rhythm: ByDate, date: string): string {
  if (rhythm.every === 'month') return startOfMonth(date, 1)
  return addDays(date, rhythm.every === 'day' ? 1 : 7)
}
