import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LetterView, letterScheme } from '@/app/_ui/letter-view'
import { PageHead } from '@/app/_ui/page-head'
import { TabLinks } from '@/app/_ui/tab-links'
import { requireActor } from '@/app/guard'
import { periodWords } from '@/lib/reports/find-period'
import { renderReportLetter } from '@/lib/reports/render-report-letter'
import { reportHref, reportLetterHref } from '../../addresses'

export const metadata: Metadata = { title: 'Letter' }

/** The letter with a report, as its readers get it. */
export default async function ReportLetterPage({ params, searchParams }: PageProps<'/reports/[id]/letter'>) {
  const actor = await requireActor()
  const found = await renderReportLetter(actor, (await params).id)
  if (!found) notFound()
  const { report, letter } = found
  const scheme = letterScheme((await searchParams).scheme)
  const href = reportLetterHref(report.id)
  return (
    <div className="flex flex-col gap-5">
      <PageHead title="The letter" back={{ href: reportHref(report.id), name: periodWords(report.type, report) }} />
      <TabLinks
        label="How it is shown"
        tabs={[
          { name: 'Light', href, isCurrent: scheme === 'light' },
          { name: 'Dark', href: `${href}?scheme=dark`, isCurrent: scheme === 'dark' },
        ]}
      />
      <LetterView {...letter} scheme={scheme} />
    </div>
  )
}
