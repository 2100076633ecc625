import { randomUUID } from 'node:crypto'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import type { Figures } from '@/lib/reports/figures/figures'
import { periodOf } from '@/lib/reports/find-period'
import type { ReportType } from '@/lib/reports/report-schedules'
import { addDays } from '@/lib/time/calendar-date'

const none = { now: 0, before: 0 }

/** Figures of a shop that has sold little. */
export function someFigures(change: Partial<Figures> = {}): Figures {
  return {
    ...{ orders: { now: 3, before: 2 }, revenueMinor: { now: 3_750, before: 2_500 }, refundedMinor: none },
    averageOrderMinor: { now: 1_250, before: 1_250 },
    newCustomers: { now: 1, before: 0 },
    days: [{ date: '2026-11-20', orders: 3, revenueMinor: 3_750 }],
    daysBefore: [],
    bestProducts: [
      {
        productId: 'p',
        title: 'Blue mug',
        quantity: 3,
        revenueMinor: 3_750,
        before: { quantity: 2, revenueMinor: 2_500 },
      },
    ],
    lowStock: { count: 1, before: 3, products: [{ productId: 'p', title: 'Blue mug', available: 2 }] },
    failedWork: { orders: none, imports: none, images: none },
    ...change,
  }
}

/** A report by its row alone. @returns its id. */
export async function storedReport(
  { account }: Pick<Actor, 'account'>,
  type: ReportType,
  date: string,
  { figures = someFigures(), requestId = null as string | null } = {},
): Promise<string> {
  const { startDate, endDate } = periodOf(type, date)
  const id = randomUUID()
  const madeAt = new Date(`${addDays(endDate, 1)}T14:00:00Z`)
  await db().report.create({
    data: {
      ...{
        id,
        accountId: account.id,
        type,
        startDate: new Date(startDate),
        endDate: new Date(endDate),
        madeAt,
        requestId,
      },
      ...{ timeZone: account.timeZone, currency: account.currency, figures },
    },
  })
  return id
}
