import type { Metadata } from 'next'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { PageLinks } from '@/app/_ui/page-links'
import { Panel } from '@/app/_ui/panel'
import { requireOperator } from '@/app/guard'
import { listIncidents } from '@/lib/health/incidents'
import { Live } from '../live'
import { textOf } from '../search-params'
import { IncidentsTable } from './incidents-table'
import { Kinds } from './kinds'

export const metadata: Metadata = { title: 'Incidents' }

export default async function IncidentsPage({ searchParams }: PageProps<'/console/incidents'>) {
  const actor = await requireOperator()
  const cursor = textOf((await searchParams).cursor)
  const { open, past, nextCursor } = await listIncidents(actor, { cursor })
  const { timeZone } = actor.account
  return (
    <>
      <PageHead title="Incidents">
        <Live />
      </PageHead>
      {open.length > 0 ? (
        <IncidentsTable label="Open incidents" incidents={open} timeZone={timeZone} />
      ) : (
        <EmptyState title="All is well">
          The health check looks every five minutes. What it finds wrong is listed here, operators get one letter about
          it, and one when it is over.
        </EmptyState>
      )}
      {past.length > 0 ? (
        <Panel title="Over">
          <IncidentsTable label="Incidents that are over" incidents={past} timeZone={timeZone} />
          <PageLinks
            newest={cursor ? '/console/incidents' : null}
            older={nextCursor && `/console/incidents?cursor=${nextCursor}`}
          />
        </Panel>
      ) : null}
      <Kinds />
    </>
  )
}
