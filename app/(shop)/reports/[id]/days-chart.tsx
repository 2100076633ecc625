import { DaysTable } from './days-table'

export type ChartDay = { date: string; value: number }

export type DaysChartProps = {
  title: string
  days: ChartDay[]
  /** The days of the period before, each beside the one at its place; none where there is nothing to compare. */
  before: ChartDay[]
  beforeName: string
  words: (value: number) => string
  /** Few digits, for over a bar. */
  shortWords: (value: number) => string
}

// In pixels; from left to right it is as wide as its place.
const [TOP, FOOT, HEIGHT] = [46, 158, 180]
const MOST_LABELLED = 7

const day = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }) satisfies Intl.DateTimeFormat
const weekday = day({ weekday: 'short', day: 'numeric' })
const dayOfMonth = day({ day: 'numeric' })
const firstOfMonth = day({ day: 'numeric', month: 'short' })
const wholeDay = day({ weekday: 'short', day: 'numeric', month: 'short' })

/**
 * A figure of each day as a bar, from zero, with the period before as a line; drawn on the server. A bar tells its value
 * while the pointer is on it; the table tells all of them.
 */
export function DaysChart({ title, days, before, beforeName, words, shortWords }: DaysChartProps) {
  const most = Math.max(1, ...[...days, ...before].map(({ value }) => value))
  const y = (value: number) => FOOT - (value / most) * (FOOT - TOP)
  const scale: Scale = { count: days.length, y }
  const sum = (each: ChartDay[]) => each.reduce((total, { value }) => total + value, 0)
  const label = `${title}: ${words(sum(days))} in all${before.length > 0 ? `, ${words(sum(before))} ${beforeName}` : ''}`
  return (
    <figure className="flex min-w-0 break-inside-avoid flex-col gap-1">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line pb-2">
        <span className="font-semibold">{title}</span>
        {before.length > 0 ? (
          <span className="flex items-center gap-2 text-13 text-quiet">
            <svg aria-hidden width="20" height="4">
              <line x1="0" x2="20" y1="2" y2="2" className={beforeLine} />
            </svg>
            {beforeName}
          </span>
        ) : null}
      </figcaption>
      <svg role="img" aria-label={label} width="100%" height={HEIGHT} className="overflow-visible text-12">
        {days.map((each, i) => (
          <Bar key={each.date} at={i} of={each} scale={scale} />
        ))}
        {before.slice(0, days.length - 1).map(({ date, value }, i) => {
          const next = before[i + 1]
          return next ? (
            <line
              key={date}
              {...{ x1: middle(i, scale), x2: middle(i + 1, scale), y1: y(value), y2: y(next.value) }}
              className={beforeLine}
            />
          ) : null
        })}
        <line x1="0" x2="100%" y1={FOOT + 0.5} y2={FOOT + 0.5} className="stroke-line-strong" />
        {labelledDays(days).map((i) => (
          <ValueLabel key={i} at={i} of={days[i]} scale={scale} words={shortWords} />
        ))}
        {days.map((each, i) => (
          <DayLabel key={each.date} at={i} date={each.date} scale={scale} />
        ))}
        {days.map((each, i) => (
          <Readout key={each.date} at={i} of={each} before={before[i]} scale={scale} words={words} />
        ))}
      </svg>
      <DaysTable {...{ title, days, before, beforeName, words }} />
    </figure>
  )
}

type Scale = { count: number; y: (value: number) => number }
type Of = { at: number; scale: Scale }

const beforeLine = 'stroke-ink [stroke-dasharray:2_3] [stroke-width:1.5]'
/** Keeps a text readable that stands over a line. */
const halo = '[paint-order:stroke] [stroke-width:4px] stroke-paper print:stroke-none'

const percent = (share: number) => `${(share * 100).toFixed(2)}%`
const middle = (at: number, { count }: Scale) => percent((at + 0.5) / count)

function Bar({ at, of: { value }, scale }: Of & { of: ChartDay }) {
  const top = scale.y(value)
  return (
    <rect
      {...{ x: percent((at + 0.14) / scale.count), width: percent(0.72 / scale.count), y: top, height: FOOT - top }}
      className="fill-line-strong"
    />
  )
}

/** Each bar, or of many the highest. */
function labelledDays(days: ChartDay[]): number[] {
  const highest = days.reduce((best, { value }, i) => (value > (days[best]?.value ?? 0) ? i : best), 0)
  const candidates = days.length <= MOST_LABELLED ? days.map((_, i) => i) : [highest]
  return candidates.filter((i) => (days[i]?.value ?? 0) > 0)
}

function ValueLabel({ at, of, scale, words }: Of & { of: ChartDay | undefined; words: (value: number) => string }) {
  if (!of) return null
  const isMany = scale.count > MOST_LABELLED
  const anchor = isMany ? anchorOf(at, scale, 0.1) : 'middle'
  return (
    <text
      {...{ x: middle(at, scale), y: scale.y(of.value) - 6, textAnchor: anchor }}
      className={`fill-ink tabular-nums ${halo}`}
    >
      {words(of.value)}
    </text>
  )
}

/** Each day of a week, and of a month each seventh. */
function DayLabel({ at, date, scale }: Of & { date: string }) {
  const isMany = scale.count > MOST_LABELLED
  if (isMany && at % 7 !== 0) return null
  const format = !isMany ? weekday : at === 0 ? firstOfMonth : dayOfMonth
  const place = isMany && at === 0 ? { x: '0', textAnchor: 'start' as const } : { x: middle(at, scale) }
  return (
    <text {...{ textAnchor: 'middle', ...place, y: HEIGHT - 4 }} className="fill-quiet">
      {format.format(new Date(date))}
    </text>
  )
}

/** What a day's place tells while the pointer is on it, on the strip above the bars. */
function Readout({
  at,
  of: { date, value },
  before,
  scale,
  words,
}: Of & { of: ChartDay; before: ChartDay | undefined; words: (value: number) => string }) {
  const anchor = anchorOf(at, scale, 0.35)
  return (
    <g className="group">
      <rect
        {...{ x: percent(at / scale.count), width: percent(1 / scale.count), y: 0, height: FOOT }}
        className="fill-ink opacity-0 group-hover:opacity-8 print:hidden"
      />
      <text
        {...{ x: middle(at, scale), y: 18, textAnchor: anchor }}
        className={`pointer-events-none invisible fill-ink font-medium tabular-nums group-hover:visible ${halo}`}
      >
        {`${wholeDay.format(new Date(date))}: ${words(value)}`}
        {before ? <tspan className="fill-quiet font-normal">{`  before: ${words(before.value)}`}</tspan> : null}
      </text>
    </g>
  )
}

function anchorOf(at: number, { count }: Scale, edge: number): 'start' | 'middle' | 'end' {
  const share = (at + 0.5) / count
  if (share < edge) return 'start'
  return share > 1 - edge ? 'end' : 'middle'
}
