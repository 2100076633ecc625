import type { Schedule } from '@/lib/schedules/schedule'
import type { MissedSlotPolicy } from '@/lib/schedules/slots'

/** What becomes of slots that nobody was there for, in words. */
export const missedWords: Record<MissedSlotPolicy, string> = {
  skip: 'Missed slots are left out',
  latest: 'Of missed slots the last one is made up for',
  all: 'Every missed slot is made up for',
}

/** Who is asked when it does not happen. */
export const ownerWords: Record<Schedule['owner'], string> = {
  reports: 'Reports',
  operations: 'Operations',
  payments: 'Payments',
}

/** A zone as people read it. */
export const zoneWords = (timeZone: string) => timeZone.replaceAll('_', ' ')

/** A zone's own city, where there is no place for the whole name. */
export const cityOf = (timeZone: string) => zoneWords(timeZone.split('/').at(-1) ?? timeZone)

/** An instant by the clocks of a zone, such as `Tue 1 Dec, 09:00`. */
export function clockWords(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    ...{ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone },
  }).format(at)
}

/** How late something began; within a minute it was on time. */
export const LATE_MS = 60_000
