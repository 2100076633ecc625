import { Since } from '@/app/_ui/instant'
import { Status } from '@/app/_ui/status'
import { Cell, Row, RowLink, Table } from '@/app/_ui/table'
import { agoWords, durationWords } from '@/app/_ui/words'
import type { RunLine } from '@/lib/runs/list-runs'

const columns = [
  { name: 'Status', width: 'w-28' },
  { name: 'Function', width: 'md:w-[22%]' },
  { name: 'What it stands at', isWideOnly: true },
  { name: 'Works for', isWideOnly: true, width: 'md:w-[22%]' },
  { name: 'Began', isNumber: true, width: 'w-20' },
  { name: 'Took', isNumber: true, isWideOnly: true, width: 'w-24' },
]

/** Runs, a line each. */
export function RunsTable({ runs, now, timeZone }: { runs: RunLine[]; now: Date; timeZone: string }) {
  return (
    <Table label="Runs" columns={columns}>
      {runs.map((run) => (
        <Row key={run.id}>
          <Cell>
            <Status of={run.status} />
          </Cell>
          <Cell className="font-medium">
            <RowLink href={`/console/runs/${run.id}`}>{run.functionId}</RowLink>
          </Cell>
          <Cell isWideOnly className="text-quiet">
            {standing(run, now)}
          </Cell>
          <Cell isWideOnly className="font-mono text-12 text-quiet">
            {run.record ?? run.eventName}
          </Cell>
          <Cell isNumber>
            <Since at={run.startedAt ?? run.queuedAt} now={now} timeZone={timeZone} />
          </Cell>
          <Cell isNumber isWideOnly>
            {run.startedAt && run.endedAt ? durationWords(run.endedAt.getTime() - run.startedAt.getTime()) : ''}
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

/** In a few words, what the reader would ask of a run in this state. */
function standing({ status, until, attempt, message, progress }: RunLine, now: Date): string {
  if (status === 'failed') return message ?? ''
  if (status === 'sleeping' && until) return `wakes ${agoWords(until, now)}`
  if (status === 'waiting' && until) return `waits, until ${agoWords(until, now)} at most`
  if (status === 'retrying') return `attempt ${attempt + 2} ${until ? agoWords(until, now) : 'soon'}`
  if (status === 'running' && progress)
    return `${progress.currentOperation}, ${progress.step} of ${progress.totalSteps}: ${progress.percent} %`
  return ''
}
