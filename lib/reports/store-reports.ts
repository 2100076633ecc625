import { randomUUID } from 'node:crypto'
import { db, type Tx } from '../db'
import { dateOf } from '../time/calendar-date'
import { type Figures, figuresSchema } from './figures/figures'
import type { ReportedAccount, ScheduledReport } from './make-reports'
import type { ReportType } from './report-schedules'
import { type ToldReport, tellReaders } from './tell-readers'

export type MadeReport = ScheduledReport & { account: ReportedAccount }

/** Whether a report takes the place of one that is there. Pure. */
export function isMadeAgain({ requestId, onlyMissing }: Pick<ScheduledReport, 'requestId' | 'onlyMissing'>): boolean {
  return requestId !== undefined && !onlyMissing
}

/** A report that is new, or was replaced. */
type Stored = { id: string; version: number; accountId: string; type: ReportType; startDate: string; endDate: string }

/**
 * Stores reports and the letters that tell of them, all in one transaction. One that is there already stays, with its
 * letter; asked for anew, it is replaced, and goes out once more only where that was asked for. One that was asked for before
 * its own morning has its letter then.
 * @param figures of each report, in the same order.
 * @returns how many were stored.
 */
export function storeReports(reports: readonly MadeReport[], figures: readonly Figures[], now: Date): Promise<number> {
  return db().$transaction(async (tx) => {
    const stored = await write(tx, reports, figures, now)
    const found = new Map(reports.map((report, i) => [keyOf(report), { report, figures: figures[i] as Figures }]))
    const told = stored.flatMap((row) => {
      const known = found.get(keyOf(row))
      if (!known || (isMadeAgain(known.report) && !known.report.withLetter)) return []
      const { currency } = known.report.account
      // What nobody had yet is the letter of its morning, whoever asked for it; only another one has another key.
      const requestId = row.version > 1 ? known.report.requestId : undefined
      return [{ ...known, report: { ...known.report, ...row, currency, requestId } }]
    })
    const written = new Set(stored.map(keyOf))
    const due = reports.filter((report) => report.requestId === undefined && !written.has(keyOf(report)))
    await tellReaders(tx, [...told, ...(await readThoseThere(tx, due))])
    return stored.length
  })
}

/** Reports that were made on request before they were due, as they are stored. */
async function readThoseThere(tx: Tx, due: readonly MadeReport[]): Promise<ToldReport[]> {
  if (due.length === 0) return []
  const rows = await tx.report.findMany({
    where: {
      OR: due.map(({ accountId, type, startDate, endDate }) => ({
        ...{ accountId, type, startDate: new Date(startDate), endDate: new Date(endDate) },
      })),
    },
  })
  const dueByKey = new Map(due.map((report) => [keyOf(report), report]))
  return rows.flatMap(({ id, version, accountId, type, currency, ...row }) => {
    const [startDate, endDate] = [dateOf(row.startDate.getTime()), dateOf(row.endDate.getTime())]
    const report = dueByKey.get(keyOf({ accountId, type, startDate, endDate }))
    return report ? [{ report: { ...report, id, version, currency }, figures: figuresSchema.parse(row.figures) }] : []
  })
}

const keyOf = ({ accountId, type, startDate, endDate }: Omit<Stored, 'id' | 'version'>) =>
  [accountId, type, startDate, endDate].join()

function write(tx: Tx, reports: readonly MadeReport[], figures: readonly Figures[], now: Date): Promise<Stored[]> {
  const rows = reports.map((report, i) => {
    const { accountId, type, startDate, endDate, account } = report
    const requestId = isMadeAgain(report) ? report.requestId : null
    return {
      ...{ id: randomUUID(), accountId, type, startDate, endDate, requestId, figures: figures[i] },
      ...{ timeZone: account.timeZone, currency: account.currency },
    }
  })
  return tx.$queryRaw<Stored[]>`
    INSERT INTO "Report" AS report
      ("id", "accountId", "type", "startDate", "endDate", "timeZone", "currency", "figures", "madeAt", "requestId")
    SELECT made."id", made."accountId", made."type"::"report_type", made."startDate", made."endDate", made."timeZone",
      made."currency", made."figures", ${now}, made."requestId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS made (
      "id" text, "accountId" text, "type" text, "startDate" date, "endDate" date, "timeZone" text, "currency" text,
      "figures" jsonb, "requestId" text
    )
    ON CONFLICT ("accountId", "type", "startDate", "endDate") DO UPDATE
    SET "timeZone" = EXCLUDED."timeZone", "currency" = EXCLUDED."currency", "figures" = EXCLUDED."figures",
      "madeAt" = EXCLUDED."madeAt", "requestId" = EXCLUDED."requestId", "version" = report."version" + 1
    WHERE EXCLUDED."requestId" IS NOT NULL AND report."requestId" IS DISTINCT FROM EXCLUDED."requestId"
    RETURNING "id", "version", "accountId", "type"::text AS "type", "startDate"::text AS "startDate",
      "endDate"::text AS "endDate"`
}
