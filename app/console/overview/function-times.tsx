import { Cell, Row, RowLink, Table } from '@/app/_ui/table'
import { durationWords } from '@/app/_ui/words'
import type { FunctionMeasures } from '@/lib/runs/measure-functions'
import { runsHref } from '../runs/addresses'

const columns = [
  { name: 'Function' },
  { name: 'Wait, median', isNumber: true, isWideOnly: true, width: 'md:w-26' },
  { name: 'Wait, 95 %', isNumber: true, width: 'w-24 md:w-26' },
  { name: 'Took, median', isNumber: true, isWideOnly: true, width: 'md:w-26' },
  { name: 'Took, 95 %', isNumber: true, width: 'w-24 md:w-26' },
]

/** How long the latest runs of each function waited for their first call, and took from there to their end. */
export function FunctionTimes({ measures }: { measures: FunctionMeasures[] }) {
  const told = measures.filter(({ ended }) => ended > 0).sort((a, b) => a.functionId.localeCompare(b.functionId))
  if (told.length === 0) return <p className="text-quiet">No run has ended yet.</p>
  return (
    <>
      <p className="max-w-prose text-quiet">
        Of each function’s latest 200 runs that have ended: how long they waited before their first call, and how long
        they took from it, their sleeps included.
      </p>
      <Table label="Waits and durations" columns={columns}>
        {told.map(({ functionId, medianWaitMs, p95WaitMs, medianMs, p95Ms }) => (
          <Row key={functionId}>
            <Cell className="font-medium">
              <RowLink href={runsHref({ function: functionId })}>{functionId}</RowLink>
            </Cell>
            <Cell isNumber isWideOnly>
              {lengthOf(medianWaitMs)}
            </Cell>
            <Cell isNumber>{lengthOf(p95WaitMs)}</Cell>
            <Cell isNumber isWideOnly>
              {lengthOf(medianMs)}
            </Cell>
            <Cell isNumber>{lengthOf(p95Ms)}</Cell>
          </Row>
        ))}
      </Table>
    </>
  )
}

const lengthOf = (ms: number | null) => (ms === null ? '–' : durationWords(ms))
