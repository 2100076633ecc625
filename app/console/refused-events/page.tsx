import type { Metadata } from 'next'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { requireOperator } from '@/app/guard'
import { listRefusedEvents } from '@/lib/outbox/refused-events'
import { Live } from '../live'
import { RefusedEventsTable } from './refused-events-table'

export const metadata: Metadata = { title: 'Refused events' }

export default async function RefusedEventsPage() {
  const actor = await requireOperator()
  const events = await listRefusedEvents(actor)
  return (
    <>
      <PageHead title="Refused events">
        <Live isList />
      </PageHead>
      <p className="max-w-prose text-quiet">
        The server has read these events and won’t have them, so what they should start was not started. Mend the cause
        and send them again, or discard what is of no use.
      </p>
      {events.length > 0 ? (
        <RefusedEventsTable events={events} realNow={new Date()} timeZone={actor.account.timeZone} />
      ) : (
        <EmptyState title="The server has taken every event">
          An event that it refuses by itself, being too large for instance, would be listed here with the reason.
        </EmptyState>
      )}
    </>
  )
}
