import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { EmptyState } from '@/app/_ui/empty-state'
import { Notice } from '@/app/_ui/notice'
import { PageHead } from '@/app/_ui/page-head'
import { RefreshWhile } from '@/app/_ui/refresh-while'
import { requireActor } from '@/app/guard'
import { periodOf, periodWords } from '@/lib/reports/find-period'
import { findRequestedReport, type ReportRequest, reportRequest } from '@/lib/reports/find-requested-report'
import { reportHref, reportsHref } from '../addresses'

export const metadata: Metadata = { title: 'Report' }

/** Where one waits for a report that was asked for; it leads on to the report as soon as that is there. */
export default async function RequestedReportPage({ searchParams }: PageProps<'/reports/requested'>) {
  const actor = await requireActor()
  const { data: request } = reportRequest.safeParse(await searchParams)
  const found = request ? await findRequestedReport(actor, request) : null
  if (found?.state === 'made') redirect(reportHref(found.reportId))
  const back = { href: reportsHref({ type: request?.type ?? 'daily' }), name: 'Reports' }
  if (!request || !found)
    return (
      <>
        <PageHead title="Report" back={back} />
        <EmptyState title="No such request">
          Nobody has asked for this report, or it was long ago. If it was made, it is in the list.
        </EmptyState>
      </>
    )
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <PageHead title={wordsOf(request)} back={back} />
      {found.state === 'failed' ? (
        <Notice kind="bad">It could not be made. We have been told, and will see to it; there is nothing to do.</Notice>
      ) : (
        <div role="status">
          <RefreshWhile />
          <p className="font-medium">It is being made.</p>
          <p className="text-quiet">That takes some seconds; then it is shown here. You need not wait for it.</p>
        </div>
      )}
    </div>
  )
}

const wordsOf = ({ type, startDate }: ReportRequest) => periodWords(type, periodOf(type, startDate))
