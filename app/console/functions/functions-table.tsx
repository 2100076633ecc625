import { Since } from '@/app/_ui/instant'
import { Status } from '@/app/_ui/status'
import { Cell, Row, RowLink, Table } from '@/app/_ui/table'
import { countWords, durationWords } from '@/app/_ui/words'
import type { FunctionState } from '@/lib/engine-controls'
import type { JobCounts } from '@/lib/runs/count-runs'
import type { FunctionMeasures } from '@/lib/runs/measure-functions'
import { runsHref } from '../runs/addresses'
import type { FunctionFacts } from './describe'
import { HoldButton } from './hold-button'

export type FunctionRow = {
  facts: FunctionFacts
  counts: JobCounts | undefined
  measures: FunctionMeasures | undefined
  /** As the engine has it; undefined where that can't be told. */
  state: FunctionState | undefined
}

const columns = [
  { name: 'Function' },
  { name: 'Waiting', isNumber: true, isWideOnly: true, width: 'w-20' },
  { name: 'Active', isNumber: true, width: 'w-16' },
  { name: 'Delayed', isNumber: true, isWideOnly: true, width: 'w-20' },
  { name: 'Completed', isNumber: true, isWideOnly: true, width: 'w-24' },
  { name: 'Failed', isNumber: true, width: 'w-16' },
  { name: 'Success', isNumber: true, width: 'w-20' },
  { name: 'Median', isNumber: true, isWideOnly: true, width: 'w-24' },
  { name: '95 %', isNumber: true, isWideOnly: true, width: 'w-24' },
  { name: 'Last ended', isNumber: true, isWideOnly: true, width: 'w-24' },
]

/** Each function: what starts it and holds it back, what it has before it, and how its latest runs went. */
export function FunctionsTable({ rows, now, timeZone }: { rows: FunctionRow[]; now: Date; timeZone: string }) {
  return (
    <Table label="Functions" columns={columns}>
      {rows.map(({ facts, counts, measures, state }) => (
        <Row key={facts.id}>
          <Cell className="py-1.5 align-top whitespace-normal">
            <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
              <div className="min-w-0 flex-1 basis-44">
                <div className="flex flex-wrap items-center gap-x-2">
                  <RowLink className="font-medium" href={runsHref({ function: facts.id })}>
                    {facts.id}
                  </RowLink>
                  {state?.pausedAt ? <Status of="paused" /> : null}
                  {state?.problem ? <Status of="set aside" /> : null}
                </div>
                <span className="block text-12 text-quiet">{saidOf(facts)}</span>
                {state?.problem ? <span className="block text-12 text-failed">{state.problem}</span> : null}
              </div>
              {state ? <HoldButton functionId={facts.id} isPaused={state.pausedAt !== null} /> : null}
            </div>
          </Cell>
          <Cell isNumber isWideOnly>
            {countWords(counts?.waiting ?? 0)}
          </Cell>
          <Cell isNumber>{countWords(counts?.active ?? 0)}</Cell>
          <Cell isNumber isWideOnly>
            {countWords(counts?.delayed ?? 0)}
          </Cell>
          <Cell isNumber isWideOnly>
            {countWords(counts?.completed ?? 0)}
          </Cell>
          <Cell isNumber className={counts?.failed ? 'font-medium text-failed' : ''}>
            {countWords(counts?.failed ?? 0)}
          </Cell>
          <Cell isNumber>{successOf(measures)}</Cell>
          <Cell isNumber isWideOnly>
            {lengthOf(measures?.medianMs)}
          </Cell>
          <Cell isNumber isWideOnly>
            {lengthOf(measures?.p95Ms)}
          </Cell>
          <Cell isNumber isWideOnly>
            {measures?.lastEndedAt ? <Since at={measures.lastEndedAt} now={now} timeZone={timeZone} /> : '–'}
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

function saidOf({ triggers, retries, limits }: FunctionFacts): string {
  return [`on ${triggers.join(', ')}`, `${retries + 1} attempts`, ...limits].join(' · ')
}

/** Of the runs that came to an end of their own: one that was cancelled neither succeeded nor failed. */
function successOf(measures: FunctionMeasures | undefined): string {
  const ended = (measures?.completed ?? 0) + (measures?.failed ?? 0)
  return measures && ended > 0 ? `${Math.floor((measures.completed / ended) * 100)} %` : '–'
}

const lengthOf = (ms: number | null | undefined) => (ms === null || ms === undefined ? '–' : durationWords(ms))
