import { Since } from '@/app/_ui/instant'
import { Status } from '@/app/_ui/status'
import { Cell, Row, RowLink, Table } from '@/app/_ui/table'
import { agoWords, countWords } from '@/app/_ui/words'
import type { ScheduleLine, ScheduleRun } from '@/lib/schedules/read-schedules'
import { scheduleHref } from './addresses'
import { Lateness } from './late-words'
import { cityOf, clockWords, missedWords, ownerWords } from './words'

const columns = [
  { name: 'Schedule' },
  { name: 'Next', width: 'w-36 md:w-48' },
  { name: 'Last run', isWideOnly: true, width: 'md:w-36' },
  { name: 'Accounts', isNumber: true, isWideOnly: true, width: 'md:w-28' },
  { name: 'Late', isNumber: true, isWideOnly: true, width: 'md:w-24' },
]

/** Each schedule: when it comes, what becomes of it when nobody is there, and how it went last. */
export function SchedulesTable({ lines, now, timeZone }: { lines: ScheduleLine[]; now: Date; timeZone: string }) {
  return (
    <Table label="Schedules" columns={columns}>
      {lines.map(({ schedule, next, lastRun, fanOut, lateMs, late }) => (
        <Row key={schedule.id}>
          <Cell className="py-2 align-top whitespace-normal">
            <div className="flex flex-wrap items-center gap-x-2">
              <RowLink className="font-medium" href={scheduleHref(schedule.id)}>
                {schedule.id}
              </RowLink>
              {late ? <Status of="late" /> : null}
            </div>
            <span className="block">{schedule.words}</span>
            <span className="block text-12 text-quiet">
              {missedWords[schedule.missedSlots]} · {ownerWords[schedule.owner]}
              <span className="hidden md:inline">
                {' '}
                · <code className="font-mono whitespace-nowrap">{schedule.cron}</code>
              </span>
            </span>
            {lastRun ? (
              <span className="mt-1 flex items-center gap-2 md:hidden">
                <LastRun run={lastRun} now={now} timeZone={timeZone} />
              </span>
            ) : null}
          </Cell>
          <Cell className="py-2 align-top whitespace-normal">
            {next[0] ? <NextTime at={next[0]} now={now} timeZone={schedule.timeZone} /> : null}
          </Cell>
          <Cell isWideOnly className="py-2 align-top">
            {lastRun ? (
              <LastRun run={lastRun} now={now} timeZone={timeZone} />
            ) : (
              <span className="text-quiet">Not yet</span>
            )}
          </Cell>
          <Cell isNumber isWideOnly className="py-2 align-top">
            {fanOut?.progress ? (
              <>
                {countWords(fanOut.progress.step)} of {countWords(fanOut.progress.totalSteps)}
                <span className="block text-quiet">
                  <Since at={fanOut.queuedAt} now={now} timeZone={timeZone} />
                </span>
              </>
            ) : (
              <span className="text-quiet">–</span>
            )}
          </Cell>
          <Cell isNumber isWideOnly className="py-2 align-top">
            <Lateness lateMs={late ? late.lateMs : lateMs} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

function LastRun({ run, now, timeZone }: { run: ScheduleRun; now: Date; timeZone: string }) {
  return (
    <>
      <Status of={run.status} />
      <span className="block text-12 text-quiet">
        {run.isByHand ? 'by hand, ' : ''}
        <Since at={run.startedAt ?? run.queuedAt} now={now} timeZone={timeZone} />
      </span>
    </>
  )
}

function NextTime({ at, now, timeZone }: { at: Date; now: Date; timeZone: string }) {
  return (
    <time dateTime={at.toISOString()} className="block">
      <span className="block">{agoWords(at, now)}</span>
      <span className="block text-12 text-quiet">
        {clockWords(at, timeZone)} {cityOf(timeZone)}
      </span>
      {timeZone === 'UTC' ? null : <span className="block text-12 text-quiet">{clockWords(at, 'UTC')} UTC</span>}
    </time>
  )
}
