import type { DaysChartProps } from './days-chart'

const cell = 'border-b border-line py-1.5 text-right'
const wholeDay = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })

/** What a chart shows, to read. */
export function DaysTable({ title, days, before, beforeName, words }: Omit<DaysChartProps, 'shortWords'>) {
  const head = ['Day', 'Then', ...(before.length > 0 ? [beforeName.charAt(0).toUpperCase() + beforeName.slice(1)] : [])]
  return (
    <details className="text-13">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-quiet underline underline-offset-2 hover:text-ink sm:min-h-8 print:hidden">
        As a table
      </summary>
      <table aria-label={title} className="w-full">
        <thead className="text-12 text-quiet">
          <tr>
            {head.map((name) => (
              <th key={name} scope="col" className={`${cell} font-medium first:text-left`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map(({ date, value }, i) => (
            <tr key={date}>
              <th scope="row" className={`${cell} text-left font-normal`}>
                {wholeDay.format(new Date(date))}
              </th>
              <td className={cell}>{words(value)}</td>
              {before.length > 0 ? <td className={cell}>{before[i] ? words(before[i].value) : '–'}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
