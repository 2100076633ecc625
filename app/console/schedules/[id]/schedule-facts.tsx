import Link from 'next/link'
import { Since } from '@/app/_ui/instant'
import { Facts } from '@/app/_ui/panel'
import { Status } from '@/app/_ui/status'
import { agoWords } from '@/app/_ui/words'
import type { ScheduleLine } from '@/lib/schedules/read-schedules'
import { Lateness } from '../late-words'
import { clockWords, LATE_MS, missedWords, ownerWords, zoneWords } from '../words'

/** What a schedule is, and its next five times. */
export function ScheduleFacts({ line, now }: { line: ScheduleLine; now: Date }) {
  const { schedule, lastRun, lateMs } = line
  const { words, cron, timeZone, scope, missedSlots, owner } = schedule
  const isOfAccounts = scope === 'account'
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
      <Facts
        facts={[
          { name: 'When', value: words },
          {
            name: 'Zone',
            value: isOfAccounts ? `Each shop’s own; ${zoneWords(timeZone)} at first` : zoneWords(timeZone),
          },
          { name: 'Cron', value: <code className="font-mono text-12">{cron}</code> },
          { name: 'Missed slots', value: missedWords[missedSlots] },
          { name: 'Owner', value: ownerWords[owner] },
          { name: 'Last run', value: lastRun ? <LastRun run={lastRun} now={now} timeZone={timeZone} /> : 'Not yet' },
          { name: isOfAccounts ? 'Last slot' : 'Last began', value: <Late lateMs={lateMs} /> },
        ]}
      />
      <NextTimes line={line} now={now} />
    </div>
  )
}

function Late({ lateMs }: { lateMs: number | null }) {
  return (
    <>
      <Lateness lateMs={lateMs} />
      {lateMs !== null && lateMs >= LATE_MS ? ' after its time' : ''}
    </>
  )
}

function LastRun({ run, now, timeZone }: { run: NonNullable<ScheduleLine['lastRun']>; now: Date; timeZone: string }) {
  return (
    <Link href={`/console/runs/${run.id}`} className="inline-flex flex-wrap items-center gap-2 hover:underline">
      <Status of={run.status} />
      <span className="text-quiet">
        {run.isByHand ? 'by hand, ' : ''}
        <Since at={run.startedAt ?? run.queuedAt} now={now} timeZone={timeZone} />
      </span>
    </Link>
  )
}

function NextTimes({ line: { schedule, next }, now }: { line: ScheduleLine; now: Date }) {
  const { timeZone, scope } = schedule
  const cell = 'border-b border-line py-1.5 pr-3'
  return (
    <table className="w-full self-start text-left">
      <caption className="pb-1 text-left text-quiet">
        Its next times{scope === 'account' ? `, for a shop in ${zoneWords(timeZone)}` : ''}
      </caption>
      <thead className="text-12 text-quiet">
        <tr>
          {[...(timeZone === 'UTC' ? [] : [zoneWords(timeZone)]), 'UTC', ''].map((name) => (
            <th key={name} scope="col" className={`${cell} font-medium`}>
              {name || <span className="sr-only">How long until then</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {next.map((at) => (
          <tr key={at.toISOString()}>
            {timeZone === 'UTC' ? null : <td className={cell}>{clockWords(at, timeZone)}</td>}
            <td className={cell}>{clockWords(at, 'UTC')}</td>
            <td className={`${cell} text-right font-mono text-12 text-quiet`}>{agoWords(at, now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
