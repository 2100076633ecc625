import type { Metadata } from 'next'
import { EmptyState } from '@/app/_ui/empty-state'
import { Notice } from '@/app/_ui/notice'
import { PageHead } from '@/app/_ui/page-head'
import { PageLinks } from '@/app/_ui/page-links'
import { TabLinks } from '@/app/_ui/tab-links'
import { requireOperator } from '@/app/guard'
import { functions } from '@/inngest'
import { now } from '@/lib/clock'
import { countRuns, type StatusCounts } from '@/lib/runs/count-runs'
import { listRuns, type RunFilter, runFilter } from '@/lib/runs/list-runs'
import { runStatuses } from '@/lib/runs/statuses'
import { Live } from '../live'
import { runsHref } from './addresses'
import { FilterRow } from './filter-row'
import { RunsTable } from './runs-table'

export const metadata: Metadata = { title: 'Runs' }

export default async function RunsPage({ searchParams }: PageProps<'/console/runs'>) {
  const actor = await requireOperator()
  const filter = runFilter.parse(await searchParams)
  const at = now()
  const [{ runs, nextCursor, problem }, counts] = await Promise.all([
    listRuns(actor, filter, at),
    countRuns(actor, filter.function),
  ])
  return (
    <>
      <PageHead title="Runs">
        <Live isList />
      </PageHead>
      <FilterRow chosen={filter} functionIds={functions.map((fn) => fn.id()).sort()} />
      <TabLinks label="Runs by status" tabs={tabsOf(filter, counts)} />
      {problem ? <Notice kind="bad">{problem}</Notice> : null}
      {runs.length > 0 ? <RunsTable runs={runs} now={at} timeZone={actor.account.timeZone} /> : null}
      {runs.length === 0 && !problem ? <Nothing filter={filter} /> : null}
      <PageLinks
        newest={filter.cursor ? runsHref({ ...filter, cursor: undefined }) : null}
        older={nextCursor && runsHref({ ...filter, cursor: nextCursor })}
      />
    </>
  )
}

/** The counts are of all runs of a function; under a search or a time they would say something else than the list. */
function tabsOf(filter: RunFilter, counts: StatusCounts) {
  const isCounted = !filter.search && !filter.within
  const all = Object.values(counts).reduce((a, b) => a + b, 0)
  const tab = (status: RunFilter['status'], name: string, count: number) => ({
    href: runsHref({ ...filter, status, cursor: undefined }),
    name,
    ...(isCounted ? { count } : {}),
    isCurrent: filter.status === status,
  })
  return [
    tab(undefined, 'All', all),
    ...runStatuses.map((status) => tab(status, status.charAt(0).toUpperCase() + status.slice(1), counts[status])),
  ]
}

function Nothing({ filter }: { filter: RunFilter }) {
  const isFiltered = Object.values(filter).some(Boolean)
  return isFiltered ? (
    <EmptyState title="No such runs">
      Nothing fits. A search finds a run by its id, by its event’s id, or by the record that it works for.
    </EmptyState>
  ) : (
    <EmptyState title="No runs yet">
      Each start of a function is listed here. Sign up, and the first two are.
    </EmptyState>
  )
}
