import { db } from '@/lib/db'
import type { Figures } from '@/lib/reports/figures/figures'
import type { FiguresWanted } from '@/lib/reports/figures/read-figures'

/** Written another way on purpose: every row is loaded, and its date in the zone is read off one by one. */
export async function slowFigures(wanted: FiguresWanted): Promise<Omit<Figures, 'lowStock' | 'failedWork'>> {
  const { accountId, type, timeZone, currency, startDate, endDate } = wanted
  const orders = await db().order.findMany({ where: { accountId }, include: { items: true, payments: true } })
  const customers = await db().customer.findMany({ where: { accountId }, include: { orders: true } })
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  const dateOf = (at: Date) => format.format(at)
  const before = { daily: backBy(1), weekly: backBy(7), monthly: monthBefore }[type](startDate, endDate)
  const within = (at: Date | null, [from, to]: readonly [string, string]) =>
    at !== null && from <= dateOf(at) && dateOf(at) <= to
  const taken = (span: readonly [string, string]) =>
    orders.filter((order) => order.confirmedAt && order.currency === currency && within(order.placedAt, span))
  const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)
  const totals = (span: readonly [string, string]) => sum(taken(span).map(({ totalMinor }) => totalMinor))
  const refunded = (span: readonly [string, string]) =>
    sum(
      orders
        .filter((order) => order.confirmedAt && order.currency === currency && within(order.endedAt, span))
        .map(({ totalMinor }) => totalMinor),
    ) +
    sum(
      taken(span)
        .filter(({ endedAt }) => endedAt === null)
        .flatMap(({ payments }) => payments.map(({ refundedMinor }) => refundedMinor)),
    )
  const now = [startDate, endDate] as const
  const beside = <Value>(of: (span: readonly [string, string]) => Value) => ({ now: of(now), before: of(before) })
  const titles = new Map<string, string>()
  const soldIn = (span: readonly [string, string]) => {
    const sold = new Map<string, { quantity: number; revenueMinor: number }>()
    for (const { productId, quantity, totalMinor, title } of taken(span).flatMap(({ items }) => items)) {
      const known = sold.get(productId) ?? { quantity: 0, revenueMinor: 0 }
      sold.set(productId, { quantity: known.quantity + quantity, revenueMinor: known.revenueMinor + totalMinor })
      titles.set(productId, title)
    }
    return sold
  }
  const [sold, soldBefore] = [soldIn(now), soldIn(before)]
  const firstDay = type === 'daily' ? back(startDate, 6) : startDate
  const each = (from: string, to: string) => {
    const days: string[] = []
    for (let date = from; date <= to; date = back(date, -1)) days.push(date)
    return days.map((date) => ({ date, orders: taken([date, date]).length, revenueMinor: totals([date, date]) }))
  }
  return {
    orders: beside((span) => taken(span).length),
    revenueMinor: beside(totals),
    refundedMinor: beside(refunded),
    averageOrderMinor: beside((span) =>
      taken(span).length === 0 ? null : Math.round(totals(span) / taken(span).length),
    ),
    newCustomers: beside(
      (span) => customers.filter((c) => within(c.createdAt, span) && c.orders.some(({ placedAt }) => placedAt)).length,
    ),
    days: each(firstDay, endDate),
    daysBefore: type === 'daily' ? [] : each(...before),
    bestProducts: [...sold]
      .map(([productId, rest]) => ({
        ...{ productId, title: titles.get(productId) ?? '', ...rest },
        before: soldBefore.get(productId) ?? { quantity: 0, revenueMinor: 0 },
      }))
      .sort((a, b) => b.revenueMinor - a.revenueMinor || (a.productId < b.productId ? -1 : 1))
      .slice(0, 5),
  }
}

const back = (date: string, days: number) => {
  const at = new Date(`${date}T12:00:00Z`)
  at.setUTCDate(at.getUTCDate() - days)
  return at.toISOString().slice(0, 10)
}
const backBy = (days: number) => (from: string, to: string) => [back(from, days), back(to, days)] as const
const monthBefore = (from: string) => {
  const last = back(from, 1)
  return [`${last.slice(0, 8)}01`, last] as const
}
