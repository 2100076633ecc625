import { addDays, type CalendarDate } from '../../time/calendar-date'
import { instantOf } from '../../time/zoned-instant'
import { chartDays, type Period, periodBeforeThat } from '../find-period'
import type { ReportType } from '../report-schedules'
import type { Figures } from './figures'
import {
  askedRows,
  readBestProducts,
  readEndedOrders,
  readFailedFiles,
  readLowStock,
  readLowStockBefore,
  readNewCustomers,
  readTakings,
  type Taken,
} from './queries'

/** Whose figures are wanted, and of which days. */
export type FiguresWanted = Period & { accountId: string; type: ReportType; timeZone: string; currency: string }

/**
 * The figures of many accounts, each of its own period, zone and currency, in seven queries whatever their number. What is
 * paid in another currency than the account's is left out.
 * @returns one for each that is wanted, in the same order.
 * @throws RangeError for a zone that does not exist.
 */
export async function readFigures(wanted: readonly FiguresWanted[]): Promise<Figures[]> {
  const days = new Map<string, DayPlan>()
  const plans = wanted.map((each, place) => {
    const key = [each.type, each.startDate, each.endDate, each.timeZone].join()
    const plan = days.get(key) ?? planOf(each)
    days.set(key, plan)
    const { accountId, currency } = each
    return { ...plan, asked: { place, accountId, currency, ...plan.asked } }
  })
  const asked = askedRows(plans.map((plan) => plan.asked))
  const [takings, ended, customers, best, low, files, lowBefore] = await Promise.all([
    ...([readTakings(asked), readEndedOrders(asked), readNewCustomers(asked)] as const),
    ...([readBestProducts(asked), readLowStock(asked), readFailedFiles(asked), readLowStockBefore(asked)] as const),
  ])
  return plans.map(({ days, before, period, chart }, place): Figures => {
    const taken = daysOf(days, takings.get(place) ?? [])
    const [now, then] = [sumOf(taken, period), sumOf(taken, before)]
    const beside = (rows: { part: number; n: number }[] = []) => ({ now: nOf(rows, 2), before: nOf(rows, 1) })
    const whole = beside(ended.get(place)?.map(({ part, refundedMinor }) => ({ part, n: Number(refundedMinor) })))
    const failures = ended.get(place)?.map(({ part, failed }) => ({ part, n: failed }))
    const filesOf = (kind: string) => files.get(place)?.filter((row) => row.kind === kind)
    const stock = low.get(place) ?? []
    return {
      orders: { now: now.orders, before: then.orders },
      revenueMinor: { now: now.revenueMinor, before: then.revenueMinor },
      refundedMinor: { now: whole.now + now.refundedMinor, before: whole.before + then.refundedMinor },
      averageOrderMinor: { now: averageOf(now), before: averageOf(then) },
      newCustomers: beside(customers.get(place)),
      days: shown(taken.filter(({ date }) => chart.has(date))),
      daysBefore: shown(taken.filter(({ date }) => !chart.has(date) && isWithin(date, before))),
      bestProducts: (best.get(place) ?? []).map((product) => ({
        ...{ productId: product.productId, title: product.title },
        ...{ quantity: product.quantity, revenueMinor: Number(product.revenueMinor) },
        before: { quantity: product.quantityBefore, revenueMinor: Number(product.revenueBeforeMinor) },
      })),
      lowStock: {
        count: stock[0]?.total ?? 0,
        before: lowBefore.get(place)?.[0]?.n ?? null,
        products: stock.map(({ productId, title, available }) => ({ productId, title, available })),
      },
      failedWork: { orders: beside(failures), imports: beside(filesOf('import')), images: beside(filesOf('image')) },
    }
  })
}

type Sums = { orders: number; revenueMinor: number; refundedMinor: number }
type Day = Sums & { date: CalendarDate }

type DayPlan = ReturnType<typeof planOf>

/** Which days are read, and where each of them begins in the zone: many accounts have that in common. */
function planOf({ type, timeZone, startDate, endDate }: Omit<FiguresWanted, 'accountId' | 'currency'>) {
  const period = { startDate, endDate }
  const before = periodBeforeThat(type, period)
  const chart = chartDays(period)
  const first = [before.startDate, chart[0] ?? startDate].sort()[0] as CalendarDate
  const days: CalendarDate[] = []
  for (let date = first; date <= endDate; date = addDays(date, 1)) days.push(date)
  const begins = (date: CalendarDate) => instantOf({ date, hour: 0, minute: 0 }, timeZone).toISOString()
  const asked = {
    days: [...days, addDays(endDate, 1)].map(begins),
    parts: [before.startDate, startDate, addDays(endDate, 1)].map(begins),
    ...{ type, startDateBefore: before.startDate, endDateBefore: before.endDate },
  }
  return { days, before, period, chart: new Set(chart), asked }
}

function daysOf(days: CalendarDate[], rows: Taken[]): Day[] {
  const found = new Map(rows.map((row) => [row.part, row]))
  return days.map((date, i) => {
    const { orders = 0, revenueMinor = 0n, refundedMinor = 0n } = found.get(i + 1) ?? {}
    return { date, orders, revenueMinor: Number(revenueMinor), refundedMinor: Number(refundedMinor) }
  })
}

const isWithin = (date: CalendarDate, { startDate, endDate }: Period) => startDate <= date && date <= endDate

const shown = (days: Day[]) => days.map(({ date, orders, revenueMinor }) => ({ date, orders, revenueMinor }))

function sumOf(days: Day[], period: Period): Sums {
  const within = days.filter(({ date }) => isWithin(date, period))
  const sum = (of: (day: Day) => number) => within.reduce((total, day) => total + of(day), 0)
  return {
    orders: sum((day) => day.orders),
    revenueMinor: sum((day) => day.revenueMinor),
    refundedMinor: sum((day) => day.refundedMinor),
  }
}

/** Rounded to a whole minor unit. */
function averageOf({ orders, revenueMinor }: Sums): number | null {
  return orders === 0 ? null : Math.round(revenueMinor / orders)
}

const nOf = (rows: { part: number; n: number }[], part: number) => rows.find((row) => row.part === part)?.n ?? 0
