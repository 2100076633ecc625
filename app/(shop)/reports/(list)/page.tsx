import type { Metadata } from 'next'
import Link from 'next/link'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { PageLinks } from '@/app/_ui/page-links'
import { TabLinks } from '@/app/_ui/tab-links'
import { requireActor } from '@/app/guard'
import { readReportSettings } from '@/lib/accounts/read-report-settings'
import { now } from '@/lib/clock'
import { listReports, reportFilter } from '@/lib/reports/list-reports'
import { type NextReport, nextReportOf } from '@/lib/reports/next-report'
import { type ReportType, reportTypes } from '@/lib/reports/report-schedules'
import { addDays } from '@/lib/time/calendar-date'
import { wallClockOf } from '@/lib/time/zoned-instant'
import { reportsHref } from '../addresses'
import { MakeDialog } from '../make-dialogs'
import { typeWords } from '../words'
import { ReportsTable } from './reports-table'

export const metadata: Metadata = { title: 'Reports' }

export default async function ReportsPage({ searchParams }: PageProps<'/reports'>) {
  const actor = await requireActor()
  const filter = reportFilter.parse(await searchParams)
  const [{ reports, nextCursor }, settings] = await Promise.all([listReports(actor, filter), readReportSettings(actor)])
  const { type, cursor } = filter
  const { timeZone, createdAt, isActive } = actor.account
  const { hour, [type]: isOn } = settings
  const coming = {
    ...{ timeZone, isActive, isFirst: reports.length === 0 },
    next: isOn ? nextReportOf(type, { timeZone, hour, createdAt }, now()) : null,
  }
  return (
    <div className="flex flex-col gap-5">
      <PageHead title="Reports">
        <MakeDialog type={type} yesterday={addDays(wallClockOf(now(), timeZone).date, -1)} />
      </PageHead>
      <TabLinks
        label="Which reports"
        tabs={reportTypes.map((each) => ({
          ...{ name: typeWords[each].tab, href: reportsHref({ type: each }), isCurrent: each === type },
        }))}
      />
      {reports.length > 0 ? (
        <>
          {cursor ? null : (
            <p className="text-quiet">
              <Coming {...coming} />
            </p>
          )}
          <ReportsTable reports={reports} now={now()} timeZone={timeZone} />
        </>
      ) : cursor ? (
        <EmptyState title="No more reports">This was the last page.</EmptyState>
      ) : (
        <EmptyState title={`No ${type} reports yet`}>
          <Coming {...coming} /> “Have one made” makes that of an earlier {periodNames[type]} now.
        </EmptyState>
      )}
      <PageLinks
        newest={cursor ? reportsHref({ type }) : null}
        older={nextCursor === null ? null : reportsHref({ type, cursor: nextCursor })}
      />
    </div>
  )
}

const periodNames: Record<ReportType, string> = { daily: 'day', weekly: 'week', monthly: 'month' }

/** When the next one is there. */
function Coming({
  next,
  timeZone,
  isActive,
  isFirst,
}: {
  next: NextReport | null
  timeZone: string
  isActive: boolean
  isFirst: boolean
}) {
  if (!isActive) return <>This account is closed, and no more are made.</>
  const settings = (
    <Link href="/settings" prefetch={false} className="text-accent underline underline-offset-2">
      settings
    </Link>
  )
  if (!next) return <>None comes by itself: they are turned off in the {settings}.</>
  const words = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(next.at)
  const [day, time] = [
    words({ weekday: 'long', day: 'numeric', month: 'long' }),
    words({ hour: '2-digit', minute: '2-digit' }),
  ]
  return (
    <>
      The {isFirst ? 'first' : 'next'} one comes on {day} at {time}, by letter too; the {settings} say when, and to
      whom.
    </>
  )
}
