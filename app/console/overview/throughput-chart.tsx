import { AsTable } from '@/app/_ui/as-table'
import { countWords, several } from '@/app/_ui/words'
import { barMsOf, type ThroughputBar, type ThroughputRange } from '@/lib/runs/read-throughput'
import { completedRunsKept } from '@/lib/runs/runs-kept'

const HEIGHT = 120
/** A bar and the gap beside it, in the drawing's own units. */
const [BAR, STEP] = [8, 10]
/** Between labels of the time, in bars. */
const labelEvery: Record<ThroughputRange, number> = { hour: 15, day: 12, week: 4 }

/** In the order in which they stand on each other, the first one at the bottom: what has failed is seen first. */
const parts = [
  { key: 'failed', name: 'failed', fill: 'fill-failed-line', mark: 'bg-failed-line' },
  { key: 'cancelled', name: 'cancelled', fill: 'fill-idle-line', mark: 'bg-idle-line' },
  { key: 'completed', name: 'completed', fill: 'fill-completed-line', mark: 'bg-completed-line' },
] as const

type Props = { bars: ThroughputBar[]; range: ThroughputRange; timeZone: string }

/** How many runs ended over a stretch of time, a bar a part of it, from zero. */
export function ThroughputChart({ bars, range, timeZone }: Props) {
  const most = Math.max(1, ...bars.map(totalOf))
  const sum = (key: (typeof parts)[number]['key']) => bars.reduce((all, bar) => all + bar[key], 0)
  const total = bars.reduce((all, bar) => all + totalOf(bar), 0)
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span className="text-14 font-semibold">{several(total, 'run')} ended</span>
        <span className="flex flex-wrap gap-x-4 text-quiet">
          {[...parts].reverse().map(({ key, name, mark }) => (
            <span key={key} className="flex items-center gap-1.5">
              <span aria-hidden className={`size-2.5 rounded-bar ${mark}`} />
              {countWords(sum(key))} {name}
            </span>
          ))}
        </span>
      </figcaption>
      <div aria-hidden className="relative">
        <span className="absolute top-0 left-0 bg-paper pr-1 font-mono text-12 text-quiet">{countWords(most)}</span>
        <svg
          viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-36 w-full border-t border-b border-t-line border-b-line-strong"
        >
          <title>Runs that ended</title>
          {bars.map((bar, n) => (
            <Bar
              key={bar.from.toISOString()}
              bar={bar}
              x={n * STEP}
              most={most}
              words={wordsOf(bar, range, timeZone)}
            />
          ))}
        </svg>
      </div>
      <div aria-hidden className="flex justify-between text-12 text-quiet tabular-nums">
        {bars
          .filter((_, n) => n % labelEvery[range] === 0)
          .map(({ from }) => (
            <span key={from.toISOString()}>{timeWords(from, range, timeZone)}</span>
          ))}
        <span>now</span>
      </div>
      {range === 'hour' ? null : <p className="text-12 text-quiet">{completedRunsKept()}</p>}
      <BarsTable bars={bars} range={range} timeZone={timeZone} />
    </figure>
  )
}

const totalOf = ({ completed, failed, cancelled }: ThroughputBar) => completed + failed + cancelled

function Bar({ bar, x, most, words }: { bar: ThroughputBar; x: number; most: number; words: string }) {
  let y = HEIGHT
  return (
    <g>
      <title>{words}</title>
      <rect x={x} y={0} width={STEP} height={HEIGHT} className="fill-transparent hover:fill-raised" />
      {parts.map(({ key, fill }) => {
        if (bar[key] === 0) return null
        // Even one of a thousand can be seen.
        const height = Math.max(2, (bar[key] / most) * (HEIGHT - 4))
        y -= height
        return <rect key={key} x={x + 1} y={y} width={BAR} height={height} className={`pointer-events-none ${fill}`} />
      })}
    </g>
  )
}

const hours: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
const days: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric' }

function timeWords(at: Date, range: ThroughputRange, timeZone: string, isExact = false): string {
  const shown = range === 'week' ? { ...days, ...(isExact ? hours : {}) } : hours
  return new Intl.DateTimeFormat('en-GB', { ...shown, timeZone }).format(at)
}

function wordsOf(bar: ThroughputBar, range: ThroughputRange, timeZone: string): string {
  return `${stretchOf(bar, range, timeZone)}: ${bar.completed} completed, ${bar.failed} failed, ${bar.cancelled} cancelled`
}

function stretchOf({ from }: ThroughputBar, range: ThroughputRange, timeZone: string): string {
  const to = new Date(from.getTime() + barMsOf(range))
  return `${timeWords(from, range, timeZone, true)}–${new Intl.DateTimeFormat('en-GB', { ...hours, timeZone }).format(to)}`
}

/** The same to read, the newest first; where nothing ended, nothing is told. */
function BarsTable({ bars, range, timeZone }: Props) {
  const told = bars.filter((bar) => totalOf(bar) > 0).reverse()
  const lines = told.map((bar) => ({
    ...{ key: bar.from.toISOString(), name: stretchOf(bar, range, timeZone) },
    values: [bar.completed, bar.failed, bar.cancelled].map(countWords),
  }))
  const head = ['When', 'Completed', 'Failed', 'Cancelled']
  return <AsTable head={head} lines={lines} empty="Nothing ended in this time." />
}
