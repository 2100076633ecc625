import { Since } from '@/app/_ui/instant'
import { Status } from '@/app/_ui/status'
import { Cell, Row, Table } from '@/app/_ui/table'
import { durationWords } from '@/app/_ui/words'
import { now } from '@/lib/clock'
import { wordsOfKind } from '@/lib/health/incident-kinds'
import type { IncidentsPage } from '@/lib/health/incidents'

const columns = [
  { name: 'What' },
  { name: 'Of', isWideOnly: true, width: 'md:w-[18%]' },
  { name: 'Found', isNumber: true, width: 'w-20 md:w-24' },
  { name: 'State', width: 'w-24 md:w-28' },
]

type IncidentsTableProps = { label: string; incidents: IncidentsPage['open']; timeZone: string }

/** Incidents, each leading to what it means and what to do about it. */
export function IncidentsTable({ label, incidents, timeZone }: IncidentsTableProps) {
  const at = now()
  return (
    <Table label={label} columns={columns}>
      {incidents.map(({ id, kind, subject, message, openedAt, closedAt }) => (
        <Row key={id} height="roomy">
          <Cell>
            {/* No link of Next's: what one leads to within a page is not its target, and would not stand out. */}
            <a data-row href={`#${kind}`} className="after:absolute after:inset-0">
              <span className="block truncate font-medium">{wordsOfKind(kind).title}</span>
              <span className="block truncate text-12 text-quiet" title={message}>
                {message}
              </span>
            </a>
          </Cell>
          <Cell isWideOnly className="font-mono text-12">
            {subject}
          </Cell>
          <Cell isNumber>
            <Since at={openedAt} now={at} timeZone={timeZone} />
          </Cell>
          <Cell>
            {closedAt ? (
              <span className="text-12 text-quiet">after {wholeMinutes(openedAt, closedAt)}</span>
            ) : (
              <Status of="open" />
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

/** The check looks every few minutes: seconds would tell nothing. */
function wholeMinutes(from: Date, to: Date): string {
  return durationWords(Math.max(1, Math.round((to.getTime() - from.getTime()) / 60_000)) * 60_000)
}
