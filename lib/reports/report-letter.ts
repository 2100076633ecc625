import { createHash } from 'node:crypto'
import type { LetterOrder } from '../emails/send-letter'
import { periodsBefore } from '../emails/templates/report-text'
import { env } from '../env'
import { formatMoney } from '../money/format-money'
import type { Figures } from './figures/figures'
import { type Period, periodWords } from './find-period'
import type { ReportType } from './report-schedules'

/** A report as its letter tells of it. */
export type LetteredReport = Period & {
  id: string
  version: number
  accountId: string
  shopName: string
  type: ReportType
  currency: string
  figures: Figures
  /** Of the request to make it anew, where it goes out once more. */
  requestId?: string | undefined
}

/**
 * The letters that tell of a report, one for each reader. Pure but for the app's own address.
 * @param readers addresses in small letters.
 */
export function reportLetters(report: LetteredReport, readers: readonly string[]): LetterOrder[] {
  const data = reportLetterData(report)
  const { accountId, type, startDate, endDate, requestId } = report
  const days = startDate === endDate ? startDate : `${startDate}..${endDate}`
  const fact = ['report', accountId, type, days, ...(requestId ? [requestId] : [])].join('/')
  return readers.map((to) => ({ key: `${fact}/${shortHash(to)}`, to, template: 'report', data }))
}

/** An address may be long, and a key at the provider must not be. */
const shortHash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 16)

/** What the letter with a report is told. Pure but for the app's own address. */
export function reportLetterData(report: LetteredReport) {
  const { id, version, accountId, shopName, type, currency, figures } = report
  const money = (minor: number) => formatMoney(minor, currency)
  const { products, count } = figures.lowStock
  const more = count - products.length
  return {
    ...{ accountId, reportId: id, version, type, shopName, period: periodWords(type, report) },
    reportUrl: new URL(`/reports/${id}`, env().appUrl).href,
    chartWords: `Revenue by day: ${money(figures.days.reduce((sum, day) => sum + day.revenueMinor, 0))} in all`,
    figures: figureLines(figures, money),
    bestProducts: figures.bestProducts.map(({ title, quantity, revenueMinor, before }) => ({
      ...{ title, sold: String(quantity), revenue: money(revenueMinor) },
      revenueBefore: before ? money(before.revenueMinor) : '',
    })),
    lowStock: products.map(({ title, available }) => ({ title, left: String(available) })),
    moreLowStock: [...(more > 0 ? [`And ${more} more.`] : []), ...lowBeforeLines(type, figures.lowStock)],
    failures: failureLines(figures.failedWork),
  }
}

type Beside<Value> = { now: Value; before: Value }

function figureLines(figures: Figures, money: (minor: number) => string) {
  const line = <Value>(label: string, { now, before }: Beside<Value>, words: (value: Value) => string) => ({
    ...{ label, now: words(now), before: words(before) },
  })
  return [
    line('Orders', figures.orders, String),
    line('Revenue', figures.revenueMinor, money),
    line('Given back', figures.refundedMinor, money),
    line('Average order', figures.averageOrderMinor, (minor) => (minor === null ? '–' : money(minor))),
    line('New customers', figures.newCustomers, String),
  ]
}

function lowBeforeLines(type: ReportType, { count, before }: Figures['lowStock']): string[] {
  if (count === 0 || before === null || before === undefined) return []
  return [`${count} in all; ${before} by the report of the ${periodsBefore[type]}.`]
}

function failureLines({ orders, imports, images }: Figures['failedWork']): string[] {
  const words = (n: number, one: string, many: string) => (n === 0 ? [] : [n === 1 ? one : `${n} ${many}`])
  return [
    ...words(orders.now, 'One order could not be brought to its end.', 'orders could not be brought to their end.'),
    ...words(imports.now, 'One file of products could not be read on.', 'files of products could not be read on.'),
    ...words(images.now, 'One picture could not be made ready.', 'pictures could not be made ready.'),
  ]
}
