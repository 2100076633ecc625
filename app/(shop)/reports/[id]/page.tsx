import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { buttonFace } from '@/app/_ui/button'
import { Instant } from '@/app/_ui/instant'
import { PageHead } from '@/app/_ui/page-head'
import { countWords } from '@/app/_ui/words'
import { requireActor } from '@/app/guard'
import { formatMoney, shortMoney } from '@/lib/money/format-money'
import { periodWords } from '@/lib/reports/find-period'
import { findReport, type WholeReport } from '@/lib/reports/find-report'
import { reportCsvHref, reportLetterHref, reportsHref } from '../addresses'
import { MakeAgainDialog } from '../make-dialogs'
import { typeWords } from '../words'
import { DaysChart } from './days-chart'
import { FigureList } from './figures'
import { BestProducts, FailedWork, RunningLow } from './lists'
import { PrintButton } from './print-button'

export const metadata: Metadata = { title: 'Report' }

export default async function ReportPage({ params }: PageProps<'/reports/[id]'>) {
  const actor = await requireActor()
  const report = await findReport(actor, (await params).id)
  if (!report) notFound()
  const { type, startDate } = report
  const words = periodWords(type, report)
  return (
    <div className="flex flex-col gap-8 print:gap-6">
      <div className="flex flex-col gap-2">
        <PageHead title={words} back={{ href: reportsHref({ type }), name: 'Reports' }}>
          <div className="flex flex-wrap gap-2 print:hidden">
            <a href={reportCsvHref(report.id)} download className={buttonFace({ look: 'quiet', size: 'small' })}>
              Download as CSV
            </a>
            <Link
              href={reportLetterHref(report.id)}
              prefetch={false}
              className={buttonFace({ look: 'quiet', size: 'small' })}
            >
              See the letter
            </Link>
            <PrintButton />
            <MakeAgainDialog {...{ type, startDate, words }} />
          </div>
        </PageHead>
        <Origin report={report} shopName={actor.account.name} />
      </div>
      <FigureList report={report} />
      <Charts report={report} />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2 print:grid-cols-2">
        <BestProducts report={report} />
        <RunningLow report={report} />
      </div>
      <FailedWork report={report} />
    </div>
  )
}

/** What kind of report it is, and when it was made. */
function Origin({ report: { type, madeAt, version, timeZone }, shopName }: { report: WholeReport; shopName: string }) {
  return (
    <p className="text-quiet">
      {typeWords[type].one} of {shopName}, made <Instant at={madeAt} timeZone={timeZone} /> in{' '}
      {timeZone.replaceAll('_', ' ')}
      {version > 1 ? `, for the ${ordinal(version)} time` : ''}.
    </p>
  )
}

const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }
const rules = new Intl.PluralRules('en', { type: 'ordinal' })
const ordinal = (n: number) => `${n}${endings[rules.select(n)] ?? 'th'}`

function Charts({ report: { type, currency, figures } }: { report: WholeReport }) {
  const { days, daysBefore } = figures
  const beforeName = typeWords[type].before
  const span = type === 'daily' ? ' of seven days' : ' by day'
  const revenue = (each: typeof days) => each.map(({ date, revenueMinor }) => ({ date, value: revenueMinor }))
  const orders = (each: typeof days) => each.map((day) => ({ date: day.date, value: day.orders }))
  return (
    <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2 print:grid-cols-2">
      <DaysChart
        title={`Revenue${span}`}
        days={revenue(days)}
        before={revenue(daysBefore)}
        beforeName={beforeName}
        words={(minor) => formatMoney(minor, currency)}
        shortWords={(minor) => shortMoney(minor, currency)}
      />
      <DaysChart
        title={`Orders${span}`}
        days={orders(days)}
        before={orders(daysBefore)}
        beforeName={beforeName}
        words={countWords}
        shortWords={countWords}
      />
    </div>
  )
}
