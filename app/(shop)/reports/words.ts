import { type Period, periodWords } from '@/lib/reports/find-period'
import type { ReportType } from '@/lib/reports/report-schedules'

/** Each type as the name of a tab, of one report, of its letter's kind, and what its period is beside. */
export const typeWords: Record<ReportType, { tab: string; one: string; before: string }> = {
  daily: { tab: 'Daily', one: 'Daily report', before: 'the day before' },
  weekly: { tab: 'Weekly', one: 'Weekly digest', before: 'the week before' },
  monthly: { tab: 'Monthly', one: 'Monthly report', before: 'the month before' },
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' })
const medium = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })

/** A period in few letters, for a narrow screen: `Sat 28 Nov 2026`. Pure. */
export function shortPeriodWords(type: ReportType, period: Period): string {
  const [start, end] = [new Date(period.startDate), new Date(period.endDate)]
  if (type === 'daily') return `${weekday.format(start)} ${medium.format(start)}`
  return type === 'monthly' ? periodWords(type, period) : medium.formatRange(start, end).replace(/\s*–\s*/, '–')
}

export type Change = { direction: 'up' | 'down' | 'same'; words: string }

/**
 * How a figure differs from the one that it stands beside, in words that need no colour; null where there is nothing to
 * compare. Pure.
 * @param words how the figure is written.
 */
export function changeOf(now: number | null, before: number | null, words: (value: number) => string): Change | null {
  if (now === null || before === null) return null
  if (now === before) return { direction: 'same', words: 'No change' }
  const [direction, sign, word] = now > before ? (['up', '+', 'more'] as const) : (['down', '−', 'less'] as const)
  const size = `${sign}${words(Math.abs(now - before))}`
  if (before <= 0) return { direction, words: size }
  const percent = Math.round((Math.abs(now - before) / before) * 100)
  return { direction, words: percent > 0 ? `${size}, ${percent.toLocaleString('en')} % ${word}` : size }
}
