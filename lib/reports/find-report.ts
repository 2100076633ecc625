import type { Actor } from '../auth/actor'
import { db } from '../db'
import { isId } from '../is-id'
import { dateOf } from '../time/calendar-date'
import { type Figures, figuresSchema } from './figures/figures'
import type { Period } from './find-period'
import type { ReportType } from './report-schedules'

/** A report as it was stored. */
export type WholeReport = Period & {
  id: string
  type: ReportType
  /** By whose clocks its days begin. */
  timeZone: string
  currency: string
  figures: Figures
  madeAt: Date
  /** Rises when it is made again. */
  version: number
}

/**
 * One report of the actor's shop, as it was stored: nothing is counted anew.
 * @returns null where there is none, or it is another shop's.
 */
export async function findReport({ account }: Pick<Actor, 'account'>, id: string): Promise<WholeReport | null> {
  if (!isId(id)) return null
  const found = await db().report.findUnique({ where: { id, accountId: account.id } })
  if (!found) return null
  const { type, startDate, endDate, timeZone, currency, figures, madeAt, version } = found
  const period = { startDate: dateOf(startDate.getTime()), endDate: dateOf(endDate.getTime()) }
  return { id, type, ...period, timeZone, currency, figures: figuresSchema.parse(figures), madeAt, version }
}
