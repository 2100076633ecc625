import { Since } from '@/app/_ui/instant'
import { Cell, type Column, Row, RowLink, Table } from '@/app/_ui/table'
import { countWords } from '@/app/_ui/words'
import { formatMoney } from '@/lib/money/format-money'
import { periodWords } from '@/lib/reports/find-period'
import type { ReportLine } from '@/lib/reports/list-reports'
import { reportHref } from '../addresses'
import { changeOf, shortPeriodWords } from '../words'

const columns: Column[] = [
  { name: 'Period' },
  { name: 'Orders', isNumber: true, width: 'w-16 sm:w-24' },
  { name: 'Revenue', isNumber: true, width: 'w-28 sm:w-36' },
  { name: 'On the period before', isNumber: true, isWideOnly: true, width: 'w-52' },
  { name: 'Made', isNumber: true, isWideOnly: true, width: 'w-28' },
]

/** Reports, a line each. */
export function ReportsTable({ reports, now, timeZone }: { reports: ReportLine[]; now: Date; timeZone: string }) {
  return (
    <Table label="Reports" columns={columns} headAt="top-0">
      {reports.map((report) => {
        const money = (minor: number) => formatMoney(minor, report.currency)
        const { revenueMinor } = report
        return (
          <Row key={report.id}>
            <Cell>
              <RowLink href={reportHref(report.id)} className="font-medium">
                <span className="sm:hidden">{shortPeriodWords(report.type, report)}</span>
                <span className="hidden sm:inline">{periodWords(report.type, report)}</span>
              </RowLink>
            </Cell>
            <Cell isNumber>{countWords(report.orders.now)}</Cell>
            <Cell isNumber>{money(revenueMinor.now)}</Cell>
            <Cell isNumber isWideOnly className="text-quiet">
              {changeOf(revenueMinor.now, revenueMinor.before, money)?.words}
            </Cell>
            <Cell isNumber isWideOnly className="text-quiet">
              <Since at={report.madeAt} now={now} timeZone={timeZone} />
            </Cell>
          </Row>
        )
      })}
    </Table>
  )
}
