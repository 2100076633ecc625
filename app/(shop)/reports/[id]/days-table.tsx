import { AsTable } from '@/app/_ui/as-table'
import type { DaysChartProps } from './days-chart'

const wholeDay = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })

/** What a chart shows, to read. */
export function DaysTable({ title, days, before, beforeName, words }: Omit<DaysChartProps, 'shortWords'>) {
  const hasBefore = before.length > 0
  const head = ['Day', 'Then', ...(hasBefore ? [beforeName.charAt(0).toUpperCase() + beforeName.slice(1)] : [])]
  const lines = days.map(({ date, value }, i) => ({
    ...{ key: date, name: wholeDay.format(new Date(date)) },
    values: [words(value), ...(hasBefore ? [before[i] ? words(before[i].value) : '–'] : [])],
  }))
  return <AsTable label={title} head={head} lines={lines} />
}
