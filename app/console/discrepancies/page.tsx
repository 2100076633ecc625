import type { Metadata } from 'next'
import { z } from 'zod'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { PageLinks } from '@/app/_ui/page-links'
import { TabLinks } from '@/app/_ui/tab-links'
import { requireOperator } from '@/app/guard'
import { now } from '@/lib/clock'
import { countOpenDiscrepancies, listDiscrepancies } from '@/lib/reconciliation/discrepancies'
import { Live } from '../live'
import { textOf } from '../search-params'
import { DiscrepanciesTable } from './discrepancies-table'

export const metadata: Metadata = { title: 'Discrepancies' }

const query = z.object({ show: z.enum(['open', 'all']).catch('open') })
const PATH = '/console/discrepancies'

export default async function DiscrepanciesPage({ searchParams }: PageProps<'/console/discrepancies'>) {
  const actor = await requireOperator()
  const asked = await searchParams
  const { show } = query.parse(asked)
  const [{ discrepancies, nextCursor }, open] = await Promise.all([
    listDiscrepancies(actor, { isOpen: show === 'open', cursor: textOf(asked.cursor) }),
    countOpenDiscrepancies(actor),
  ])
  return (
    <>
      <PageHead title="Discrepancies">
        <Live isList />
      </PageHead>
      <p className="max-w-prose text-quiet">
        Once an hour the payment provider’s records are held against ours. What is clear is settled by itself; what no
        rule settles stands here until somebody has seen to it.
      </p>
      <TabLinks
        label="Discrepancies"
        tabs={[
          { href: PATH, name: 'Open', count: open, isCurrent: show === 'open' },
          { href: `${PATH}?show=all`, name: 'All', isCurrent: show === 'all' },
        ]}
      />
      {discrepancies.length > 0 ? (
        <DiscrepanciesTable {...{ discrepancies, now: now() }} account={actor.account} />
      ) : (
        <EmptyState title={show === 'open' ? 'The provider and we say the same' : 'There was none yet'}>
          A charge that we know nothing of, an order that is paid here and was never charged, or sums that differ would
          be listed here, both sums beside each other.
        </EmptyState>
      )}
      <PageLinks older={nextCursor && `${PATH}?show=${show}&cursor=${nextCursor}`} />
    </>
  )
}
