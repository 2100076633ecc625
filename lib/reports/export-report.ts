import type { Actor } from '../auth/actor'
import { csvLine } from '../csv-line'
import { decimalText } from '../money/format-money'
import { periodBeforeThat } from './find-period'
import { findReport, type WholeReport } from './find-report'

/**
 * A report of the actor's shop as CSV: one line for each figure, with that of the period before beside it. Amounts are in
 * whole units of the currency that the line names.
 * @returns null where there is no such report, or it is another shop's.
 */
export async function exportReport(
  { account }: Pick<Actor, 'account'>,
  id: string,
): Promise<{ fileName: string; csv: string } | null> {
  const report = await findReport({ account }, id)
  if (!report) return null
  const { type, startDate } = report
  return { fileName: `${type}-report-${startDate}.csv`, csv: linesOf(report).map(csvLine).join('') }
}

type Line = [part: string, what: string, now: string, before: string]

function linesOf(report: WholeReport): Line[] {
  const { type, startDate, endDate } = report
  const before = periodBeforeThat(type, report)
  return [
    ['Part', 'What', 'In the period', 'In the period before'],
    ['Period', 'First day', startDate, before.startDate],
    ['Period', 'Last day', endDate, before.endDate],
    ...figureLines(report),
    ...dayLines(report),
    ...listLines(report),
  ]
}

function figureLines({ figures, currency }: WholeReport): Line[] {
  const { orders, revenueMinor, refundedMinor, averageOrderMinor, newCustomers, failedWork } = figures
  const money = (minor: number | null) => (minor === null ? '' : decimalText(minor, currency))
  const count = (part: string, what: string, { now, before }: { now: number; before: number }): Line => [
    ...([part, what, String(now), String(before)] as const),
  ]
  const amount = (what: string, { now, before }: { now: number | null; before: number | null }): Line => [
    ...(['Figures', `${what} in ${currency}`, money(now), money(before)] as const),
  ]
  return [
    count('Figures', 'Orders', orders),
    amount('Revenue', revenueMinor),
    amount('Given back', refundedMinor),
    amount('Average order', averageOrderMinor),
    count('Figures', 'New customers', newCustomers),
    count('Failed work', 'Orders', failedWork.orders),
    count('Failed work', 'Files of products', failedWork.imports),
    count('Failed work', 'Pictures', failedWork.images),
  ]
}

function dayLines({ figures: { days, daysBefore }, currency }: WholeReport): Line[] {
  return days.flatMap(({ date, orders, revenueMinor }, i): Line[] => {
    const before = daysBefore[i]
    return [
      ['Orders by day', date, String(orders), before ? String(before.orders) : ''],
      [
        ...([`Revenue by day in ${currency}`, date, decimalText(revenueMinor, currency)] as const),
        before ? decimalText(before.revenueMinor, currency) : '',
      ],
    ]
  })
}

function listLines({ figures: { bestProducts, lowStock }, currency }: WholeReport): Line[] {
  return [
    ...bestProducts.flatMap(({ title, quantity, revenueMinor, before }): Line[] => [
      ['Best products, pieces sold', title, String(quantity), before ? String(before.quantity) : ''],
      [
        ...([`Best products, revenue in ${currency}`, title, decimalText(revenueMinor, currency)] as const),
        before ? decimalText(before.revenueMinor, currency) : '',
      ],
    ]),
    ['Running low', 'Products', String(lowStock.count), String(lowStock.before ?? '')],
    ...lowStock.products.map(
      ({ title, available }): Line => ['Running low, pieces left', title, String(available), ''],
    ),
  ]
}
