import { CopyText } from '@/app/_ui/copy'
import { Since } from '@/app/_ui/instant'
import { Cell, Row, Table } from '@/app/_ui/table'
import type { RefusedEvent } from '@/lib/outbox/refused-events'
import { DiscardEvent, SendAgain } from './dialogs'

const columns = [{ name: 'Event' }, { name: 'Since', isNumber: true, isWideOnly: true, width: 'md:w-24' }]

type Props = { events: RefusedEvent[]; realNow: Date; timeZone: string }

/** Events that the server has refused: why, what they hold, and what can be done. */
export function RefusedEventsTable({ events, realNow, timeZone }: Props) {
  return (
    <Table label="Refused events" columns={columns}>
      {events.map((event) => (
        <Row key={event.id}>
          <Cell className="py-2.5 align-top whitespace-normal">
            <What event={event} />
          </Cell>
          <Cell isNumber isWideOnly className="py-2.5 align-top">
            <Since at={event.createdAt} now={realNow} timeZone={timeZone} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

function What({ event: { id, name, reason, data } }: { event: RefusedEvent }) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
        <span className="font-medium break-words">{name}</span>
        <span className="max-w-prose break-words text-failed">{reason}</span>
        <code className="max-h-24 overflow-hidden font-mono text-12 break-all text-quiet">{JSON.stringify(data)}</code>
        <CopyText label="event id" text={id} />
      </div>
      <div className="flex flex-wrap gap-2">
        <SendAgain id={id} name={name} />
        <DiscardEvent id={id} name={name} />
      </div>
    </div>
  )
}
