import Link from 'next/link'
import { Since } from '@/app/_ui/instant'
import { Status } from '@/app/_ui/status'
import { Cell, Row, RowLink, Table } from '@/app/_ui/table'
import { countWords, durationWords } from '@/app/_ui/words'
import type { RunLine } from '@/lib/runs/list-runs'
import { latenessOf } from '@/lib/schedules/read-schedules'
import type { Schedule } from '@/lib/schedules/schedule'
import { runsHref } from '../../runs/addresses'
import { Lateness } from '../late-words'

const columns = [
  { name: 'Status', width: 'w-28' },
  { name: 'Started by' },
  { name: 'Accounts', isNumber: true, isWideOnly: true, width: 'md:w-32' },
  { name: 'Began', isNumber: true, width: 'w-24' },
  { name: 'Late', isNumber: true, isWideOnly: true, width: 'md:w-28' },
  { name: 'Took', isNumber: true, isWideOnly: true, width: 'md:w-28' },
]

/** The latest runs of a schedule's function, a line each. */
export function ScheduleRuns(props: { runs: RunLine[]; schedule: Schedule; now: Date; timeZone: string }) {
  const { runs, schedule, now, timeZone } = props
  return (
    <Table label="Latest runs" columns={columns}>
      {runs.map((run) => (
        <Row key={run.id}>
          <Cell>
            <Status of={run.status} />
          </Cell>
          <Cell className="font-medium">
            <RowLink href={`/console/runs/${run.id}`}>{starterOf(run)}</RowLink>
          </Cell>
          <Cell isNumber isWideOnly>
            {run.progress && schedule.scope === 'account'
              ? `${countWords(run.progress.step)} of ${countWords(run.progress.totalSteps)}`
              : ''}
          </Cell>
          <Cell isNumber>
            <Since at={run.startedAt ?? run.queuedAt} now={now} timeZone={timeZone} />
          </Cell>
          <Cell isNumber isWideOnly>
            <Lateness lateMs={latenessOfRun(run, schedule)} />
          </Cell>
          <Cell isNumber isWideOnly>
            {run.startedAt && run.endedAt ? durationWords(run.endedAt.getTime() - run.startedAt.getTime()) : ''}
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

export function AllRuns({ id }: { id: string }) {
  return (
    <Link href={runsHref({ function: id })} className="text-quiet underline underline-offset-2 hover:text-ink">
      All its runs
    </Link>
  )
}

const starters: Record<string, string> = {
  'inngest/scheduled.timer': 'Its cron',
  'schedule/run-requested': 'An operator',
  'inngest/function.invoked': 'A replay',
}

const starterOf = ({ eventName }: RunLine) => starters[eventName] ?? eventName

/** A tick of a schedule for each account is on time whatever its accounts' slots are. */
function latenessOfRun({ eventName, startedAt }: RunLine, schedule: Schedule): number | null {
  if (eventName !== 'inngest/scheduled.timer' || schedule.scope === 'account') return null
  return latenessOf(schedule, { isByHand: false, startedAt })
}
