import type { Metadata } from 'next'
import { EmptyState } from '@/app/_ui/empty-state'
import { Since } from '@/app/_ui/instant'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { Cell, Row, RowLink, Table } from '@/app/_ui/table'
import { durationWords } from '@/app/_ui/words'
import { requireOperator } from '@/app/guard'
import { clockOffsetMs, now } from '@/lib/clock'
import { canTimeMove } from '@/lib/engine-api'
import { listTimers, type Timer } from '@/lib/time/engine-clock'
import { Live } from '../live'
import { runsHref } from '../runs/addresses'
import { MoveButtons } from './move-buttons'

export const metadata: Metadata = { title: 'Clock' }

export default async function ClockPage() {
  const actor = await requireOperator()
  if (!canTimeMove())
    return (
      <>
        <PageHead title="Clock" />
        <EmptyState title="Time can’t be moved here">
          Only the embedded engine can move it, and only in local mode. Here, time is the machine’s.
        </EmptyState>
      </>
    )
  const timers = await listTimers(actor)
  const at = now()
  const { timeZone } = actor.account
  return (
    <>
      <PageHead title="Clock">
        <Live isList />
      </PageHead>
      <div className="flex flex-col gap-4">
        <Face at={at} timeZone={timeZone} />
        <MoveButtons hasNext={Boolean(timers?.length)} />
      </div>
      <Panel title="What will fire, soonest first">
        {timers === null ? <p className="text-quiet">The engine can’t be reached at this moment.</p> : null}
        {timers?.length === 0 ? (
          <p className="text-quiet">Nothing is due: no run sleeps, waits or tries again.</p>
        ) : null}
        {timers?.length ? <Timers timers={timers} now={at} timeZone={timeZone} /> : null}
      </Panel>
    </>
  )
}

function Face({ at, timeZone }: { at: Date; timeZone: string }) {
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone }).format(at)
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone }).format(at)
  const offsetMs = clockOffsetMs()
  return (
    <div className="flex flex-col gap-1">
      <time dateTime={at.toISOString()} className="font-mono text-28 font-medium">
        {time}
      </time>
      <p>
        {day}, {timeZone.replaceAll('_', ' ')}
      </p>
      <p className="text-quiet">
        {offsetMs > 0
          ? `${durationWords(offsetMs)} ahead of the machine. Time never goes back.`
          : 'As the machine has it. Time can be moved on, and never goes back.'}
      </p>
    </div>
  )
}

const columns = [
  { name: 'When', width: 'w-24' },
  { name: 'What' },
  { name: 'Function', width: 'w-[45%] md:w-[26%]' },
  { name: 'Run', isWideOnly: true, width: 'md:w-64' },
]

const kinds: Record<Timer['kind'], string> = {
  discovery: 'The run goes on',
  step: 'A step is called',
  fetch: 'A request goes out',
  wake: 'A sleep or a wait ends',
  'start-timeout': 'It may begin no later',
  'finish-timeout': 'It must have ended',
  cron: 'The schedule ticks',
  batch: 'A batch starts, full or not',
  debounce: 'It starts, if nothing more comes',
}

function Timers({ timers, now, timeZone }: { timers: Timer[]; now: Date; timeZone: string }) {
  return (
    <Table label="Timers" columns={columns}>
      {timers.map(({ at, kind, functionId, runId, stepName, attempt }) => (
        <Row key={`${at.getTime()} ${kind} ${runId} ${stepName}`}>
          <Cell>
            <Since at={at} now={now} timeZone={timeZone} />
          </Cell>
          <Cell>
            {attempt > 0 ? `Attempt ${attempt + 1}` : kinds[kind]}
            {stepName ? <span className="text-quiet"> {stepName}</span> : null}
          </Cell>
          <Cell className="font-medium">
            <RowLink href={runId ? `/console/runs/${runId}` : runsHref({ function: functionId })}>{functionId}</RowLink>
          </Cell>
          <Cell isWideOnly className="font-mono text-12 text-quiet">
            {runId}
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
