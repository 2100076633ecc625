import Link from 'next/link'
import { Status, type StatusWord } from '../status'
import { durationWords } from '../words'
import { foldedScale, type Stretch, ticksOf, xOf } from './scale'

export type Tone = 'idle' | 'running' | 'waiting' | 'completed' | 'retrying' | 'failed'

/** A piece of a bar: work that was done, the wait before it, a pause, or the span of the whole. */
export type Segment = { from: Date; to: Date; look: 'lead' | 'work' | 'pause' | 'span'; tone: Tone; words?: string }

export type Bar = {
  key: string
  href: string
  name: string
  kind: string
  status: StatusWord
  /** How long it took, or has taken so far. */
  ms: number | null
  segments: Segment[]
}

/** On a phone a bar stands below its name. */
const columns = 'sm:grid-cols-[minmax(9rem,15rem)_7rem_minmax(0,1fr)_5.5rem]'

/**
 * What was done when: time runs right on one axis, a bar a step. Long pauses are folded, so that they don't flatten what
 * was done. Each line is a link to what stands behind it.
 */
export function Waterfall({ label, bars, currentKey }: { label: string; bars: Bar[]; currentKey: string }) {
  const segments = bars.flatMap((bar) => bar.segments)
  if (segments.length === 0) return null
  const from = Math.min(...segments.map((segment) => segment.from.getTime()))
  const to = Math.max(...segments.map((segment) => segment.to.getTime()))
  const work = segments
    .filter(({ look }) => look === 'work')
    .map((each) => [each.from.getTime(), each.to.getTime()] as const)
  const scale = foldedScale([from, to], work)
  return (
    <div className="flex min-w-0 flex-col">
      <Axis scale={scale} from={from} />
      <ol aria-label={label} className="flex flex-col border-t border-line">
        {bars.map((bar) => (
          <Line key={bar.key} bar={bar} scale={scale} isCurrent={bar.key === currentKey} />
        ))}
      </ol>
    </div>
  )
}

function Axis({ scale, from }: { scale: Stretch[]; from: number }) {
  return (
    <div aria-hidden className={`hidden h-7 gap-x-3 text-12 text-quiet sm:grid ${columns}`}>
      <div className="col-start-3 relative h-full">
        {ticksOf(scale).map(({ at, x }) => (
          <span key={at} className="absolute bottom-1.5 font-mono whitespace-nowrap" style={{ left: `${x}%` }}>
            {at === from ? '0' : durationWords(at - from)}
          </span>
        ))}
      </div>
    </div>
  )
}

function Line({ bar, scale, isCurrent }: { bar: Bar; scale: Stretch[]; isCurrent: boolean }) {
  const { href, name, kind, status, ms, segments } = bar
  return (
    <li
      className={`relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line py-1.5 hover:bg-raised sm:py-0 ${isCurrent ? 'bg-surface shadow-[inset_2px_0_0_var(--accent)]' : ''} ${columns}`}
    >
      <Link
        data-row
        href={href}
        scroll={false}
        aria-current={isCurrent ? 'true' : undefined}
        className="flex min-w-0 items-baseline gap-2 px-2 after:absolute after:inset-0 sm:py-1.5"
      >
        <span className={`truncate ${isCurrent ? 'font-medium' : ''}`}>{name}</span>
        <span className="shrink-0 text-12 text-quiet">{kind}</span>
      </Link>
      <span className="justify-self-end pr-2 sm:justify-self-start sm:pr-0">
        <Status of={status} />
      </span>
      <div aria-hidden className="relative ml-2 h-6 sm:ml-0 sm:h-8">
        {scale
          .filter(({ isFolded }) => isFolded)
          .map(({ from, x0, x1 }) => (
            <span key={from} className="folded absolute inset-y-0" style={{ left: `${x0}%`, width: `${x1 - x0}%` }} />
          ))}
        {segments.map((segment, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: segments have no identity but their place
          <Piece key={n} segment={segment} scale={scale} />
        ))}
      </div>
      <span className="min-w-16 pr-2 text-right font-mono text-12 text-quiet">
        {ms === null ? '' : durationWords(ms)}
      </span>
    </li>
  )
}

/** Tailwind reads whole names. */
const fills: Record<Tone, string> = {
  idle: 'bg-idle-line',
  running: 'bg-running-line',
  waiting: 'bg-waiting-line',
  completed: 'bg-completed-line',
  retrying: 'bg-retrying-line',
  failed: 'bg-failed-line',
}
const dashes: Record<Tone, string> = {
  idle: 'border-idle-line',
  running: 'border-running-line',
  waiting: 'border-waiting-line',
  completed: 'border-completed-line',
  retrying: 'border-retrying-line',
  failed: 'border-failed-line',
}

/** Words are written on a pause that is as wide as they are, in percent of the axis; a phone's is shorter. */
const WIDTH_FOR_WORDS = 7
const WIDTH_ON_PHONE = 22

function Piece({ segment: { from, to, look, tone, words }, scale }: { segment: Segment; scale: Stretch[] }) {
  const [x0, x1] = [xOf(scale, from.getTime()), xOf(scale, to.getTime())]
  const place = { left: `min(${x0}%, calc(100% - 3px))`, width: `${x1 - x0}%` }
  if (look === 'work')
    return <span className={`absolute inset-y-1.5 min-w-[3px] rounded-bar sm:inset-y-2 ${fills[tone]}`} style={place} />
  if (look === 'lead' || look === 'span')
    return <span className={`absolute top-1/2 h-0.5 -translate-y-1/2 opacity-60 ${fills[tone]}`} style={place} />
  return (
    <span className="absolute inset-y-0 flex items-center justify-center" style={place}>
      <span className={`absolute inset-x-0 top-1/2 border-t-2 border-dashed ${dashes[tone]}`} />
      {words && x1 - x0 >= WIDTH_FOR_WORDS ? (
        <span
          className={`relative rounded-control bg-paper px-1 text-12 whitespace-nowrap text-quiet ${x1 - x0 < WIDTH_ON_PHONE ? 'hidden sm:inline' : ''}`}
        >
          {words}
        </span>
      ) : null}
    </span>
  )
}
