import Link from 'next/link'
import type { ReactNode } from 'react'
import { countWords, durationWords, several } from '@/app/_ui/words'
import type { Overview } from '@/lib/overview/read-overview'
import { runsHref } from '../runs/addresses'

type Props = {
  overview: Overview
  /** Business time; of the outbox's events real time counts. */
  now: Date
  realNow: Date
}

/** What tells at one look whether all is well. */
export function Figures({ overview: { waiting, outbox, late, incidents, groups }, now, realNow }: Props) {
  const letters = groups.reduce((sum, { count }) => sum + count, 0)
  return (
    <ul className="grid grid-cols-2 gap-x-6 gap-y-4 border-b border-line pb-5 sm:grid-cols-3 lg:grid-cols-5">
      <Figure name="Open incidents" href="#incidents" isBad={incidents.length > 0}>
        {incidents.length > 0 ? countWords(incidents.length) : 'None'}
      </Figure>
      <Figure name="Late schedules" href="/console/schedules" isBad={late.length > 0}>
        {late.length > 0 ? countWords(late.length) : 'None'}
      </Figure>
      <Figure name="Open dead letters" href="/console/dead-letters" isBad={letters > 0}>
        {letters > 0 ? countWords(letters) : 'None'}
      </Figure>
      <Figure
        name="Oldest waiting work"
        href={waiting?.runId ? `/console/runs/${waiting.runId}` : runsHref({ status: 'queued' })}
        more={waiting?.functionId}
      >
        {waiting ? durationWords(now.getTime() - waiting.since.getTime()) : 'None'}
      </Figure>
      <Figure
        name="Outbox"
        {...(outbox.parked > 0 ? { href: '/console/refused-events' } : {})}
        isBad={outbox.parked > 0}
        more={outboxWords(outbox)}
      >
        {outbox.oldestPendingAt ? durationWords(realNow.getTime() - outbox.oldestPendingAt.getTime()) : 'Empty'}
      </Figure>
    </ul>
  )
}

function outboxWords({ pending, parked, firstParked }: Overview['outbox']): string | undefined {
  if (parked > 0) return `${several(parked, 'event')} refused, ${firstParked?.name ?? ''} first`
  return pending > 0 ? `${several(pending, 'event')} to be sent` : undefined
}

function Figure(props: {
  name: string
  href?: string
  isBad?: boolean
  more?: string | undefined
  children: ReactNode
}) {
  const { name, href, isBad = false, more, children } = props
  const value = <span className={`text-20 font-semibold tabular-nums ${isBad ? 'text-failed' : ''}`}>{children}</span>
  return (
    <li className="flex min-w-0 flex-col">
      <span className="text-quiet">{name}</span>
      {href ? (
        <Link href={href} className="self-start hover:underline" aria-label={`${name}: ${String(children)}`}>
          {value}
        </Link>
      ) : (
        value
      )}
      {more ? (
        <span className="truncate text-12 text-quiet" title={more}>
          {more}
        </span>
      ) : null}
    </li>
  )
}
