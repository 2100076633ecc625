import Link from 'next/link'
import type { ReactNode } from 'react'
import { Since } from '@/app/_ui/instant'
import { Panel } from '@/app/_ui/panel'
import { countWords, durationWords } from '@/app/_ui/words'
import type { GroupLine } from '@/lib/dead-letters/list-dead-letters'
import { wordsOfKind } from '@/lib/health/incident-kinds'
import type { LateSchedule } from '@/lib/schedules/late-schedules'
import { scheduleHref } from '../schedules/addresses'

const SHOWN = 5

type Incident = { id: string; kind: string; message: string; openedAt: Date }

/** What is wrong with the work now. */
export function Incidents({ incidents, now, timeZone }: { incidents: Incident[]; now: Date; timeZone: string }) {
  return (
    <div id="incidents" className="scroll-mt-16">
      <Panel title="Open incidents">
        {incidents.length === 0 ? <p className="text-quiet">Nothing is wrong.</p> : null}
        <ul className="flex flex-col gap-3">
          {incidents.slice(0, SHOWN).map(({ id, kind, message, openedAt }) => (
            <li key={id} className="flex flex-col">
              <span className="flex items-baseline justify-between gap-3">
                <span className="font-medium text-failed">{wordsOfKind(kind).title}</span>
                <span className="font-mono text-12 text-quiet">
                  <Since at={openedAt} now={now} timeZone={timeZone} />
                </span>
              </span>
              <span>{message}</span>
              <span className="text-quiet">{wordsOfKind(kind).toDo}</span>
            </li>
          ))}
        </ul>
        <More of={incidents.length} />
      </Panel>
    </div>
  )
}

/** Schedules whose time has come, and whose work was not done. */
export function LateSchedules({ late }: { late: LateSchedule[] }) {
  if (late.length === 0) return null
  return (
    <Panel title="Late schedules">
      <Lines>
        {late.map(({ scheduleId, lateMs }) => (
          <Line key={scheduleId} href={scheduleHref(scheduleId)} aside={durationWords(lateMs)}>
            {scheduleId}
          </Line>
        ))}
      </Lines>
    </Panel>
  )
}

/** What has failed for good, by its cause, the newest first. */
export function DeadLetters({ groups }: { groups: GroupLine[] }) {
  return (
    <Panel title="Dead letters by cause">
      {groups.length === 0 ? <p className="text-quiet">Nothing has failed for good.</p> : null}
      <Lines>
        {groups.slice(0, SHOWN).map(({ id, functionId, cause, count, message }) => (
          <Line key={id} href={`/console/dead-letters/${id}`} aside={countWords(count)}>
            <span className="font-medium">{functionId}</span> <span title={message}>{cause}</span>
          </Line>
        ))}
      </Lines>
      <More of={groups.length} href="/console/dead-letters" />
    </Panel>
  )
}

const Lines = ({ children }: { children: ReactNode }) => <ul>{children}</ul>

function Line({ href, aside, children }: { href: string; aside: string; children: ReactNode }) {
  return (
    <li className="border-b border-line">
      <Link
        href={href}
        prefetch={false}
        className="flex min-h-11 items-center justify-between gap-3 hover:bg-raised sm:min-h-9"
      >
        <span className="min-w-0 truncate">{children}</span>
        <span className="font-mono text-12">{aside}</span>
      </Link>
    </li>
  )
}

function More({ of, href }: { of: number; href?: string }) {
  if (of <= SHOWN) return null
  const words = `and ${countWords(of - SHOWN)} more`
  return href ? (
    <Link href={href} className="self-start text-quiet underline underline-offset-2 hover:text-ink">
      {words}
    </Link>
  ) : (
    <p className="text-quiet">{words}</p>
  )
}
