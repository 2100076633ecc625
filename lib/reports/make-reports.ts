import { db } from '../db'
import { isDatabaseAway } from '../db/is-away'
import type { EventData } from '../events'
import { log } from '../log'
import { dateOf } from '../time/calendar-date'
import { readFigures } from './figures/read-figures'
import { isMadeAgain, type MadeReport, storeReports } from './store-reports'

export type ScheduledReport = EventData<'report/scheduled'>

export type ReportsMade = {
  made: number
  /** They are there already, or their account is closed or gone. */
  passedBy: number
  /** They can't be made; others could, and are. */
  failed: ScheduledReport[]
}

/** What a report needs to know of its shop. */
export type ReportedAccount = Awaited<ReturnType<typeof accountsOf>> extends Map<string, infer Found> ? Found : never

/**
 * Makes the reports of many accounts at once: their figures in a few queries, and then reports and letters in one
 * transaction. What is there already stays as it is, but where it is asked for anew. Where it fails, halves are tried, until
 * those at fault stand alone.
 * @param now business time.
 * @throws when the database is away: nothing is said of any account then.
 */
export async function makeReports(scheduled: readonly ScheduledReport[], now: Date): Promise<ReportsMade> {
  const accounts = await accountsOf(scheduled.map(({ accountId }) => accountId))
  const wanted = scheduled.flatMap((report): MadeReport[] => {
    const account = accounts.get(report.accountId)
    return account ? [{ ...report, account }] : []
  })
  const { made, failed } = await makeOrHalve(await withoutThoseThere(wanted), now)
  return { made, failed, passedBy: scheduled.length - made - failed.length }
}

/**
 * Makes one report by itself, so that what is wrong with it is told.
 * @throws what keeps it from being made.
 */
export async function makeSingleReport(report: ScheduledReport, now: Date): Promise<Omit<ReportsMade, 'failed'>> {
  const account = (await accountsOf([report.accountId])).get(report.accountId)
  const wanted = account ? await withoutThoseThere([{ ...report, account }]) : []
  const made = await make(wanted, now)
  return { made, passedBy: 1 - made }
}

async function makeOrHalve(wanted: readonly MadeReport[], now: Date): Promise<Omit<ReportsMade, 'passedBy'>> {
  try {
    return { made: await make(wanted, now), failed: [] }
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    if (wanted.length > 1) {
      const half = Math.ceil(wanted.length / 2)
      const first = await makeOrHalve(wanted.slice(0, half), now)
      const second = await makeOrHalve(wanted.slice(half), now)
      return { made: first.made + second.made, failed: [...first.failed, ...second.failed] }
    }
    log.warn({ err: error, accountId: wanted[0]?.accountId }, 'a report can’t be made with others')
    return { made: 0, failed: wanted.map(({ account: _, ...report }) => report) }
  }
}

async function make(wanted: readonly MadeReport[], now: Date): Promise<number> {
  if (wanted.length === 0) return 0
  const figures = await readFigures(
    wanted.map(({ accountId, type, startDate, endDate, account: { timeZone, currency } }) => ({
      ...{ accountId, type, startDate, endDate, timeZone, currency },
    })),
  )
  return storeReports(wanted, figures, now)
}

/**
 * Most events that come again are known by that alone, before any figure is read. One that was made on request before it was
 * due is looked at once more: its letter may not have gone out.
 */
async function withoutThoseThere(wanted: readonly MadeReport[]): Promise<MadeReport[]> {
  const accountIds = wanted.map(({ accountId }) => accountId)
  const earliest = wanted.map(({ startDate }) => startDate).sort()[0]
  if (!earliest) return []
  const there = await db().report.findMany({
    where: { accountId: { in: accountIds }, startDate: { gte: new Date(earliest) } },
    select: { accountId: true, type: true, startDate: true, endDate: true, requestId: true },
  })
  const keyOf = (accountId: string, type: string, start: string, end: string) => [accountId, type, start, end].join()
  const known = new Map(
    there.map(({ accountId, type, startDate, endDate, requestId }) => [
      keyOf(accountId, type, dateOf(startDate.getTime()), dateOf(endDate.getTime())),
      requestId,
    ]),
  )
  return wanted.filter((report) => {
    const { accountId, type, startDate, endDate, requestId } = report
    const found = known.get(keyOf(accountId, type, startDate, endDate))
    if (found === undefined) return true
    return requestId === undefined ? found !== null : isMadeAgain(report) && requestId !== found
  })
}

/** Those that are open, by their ids. */
async function accountsOf(ids: string[]) {
  const found = await db().account.findMany({
    where: { id: { in: ids }, isActive: true },
    select: {
      ...{ id: true, name: true, timeZone: true, currency: true, reportRecipients: true },
      owner: { select: { email: true } },
    },
  })
  return new Map(found.map((account) => [account.id, account]))
}
