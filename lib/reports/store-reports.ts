import { randomUUID } from 'node:crypto'
import { db, type Tx } from '../db'
import { freezeLetters } from '../emails/freeze-letters'
import { reportTopic } from '../emails/unsubscribe'
import type { Figures } from './figures/figures'
import type { ReportedAccount, ScheduledReport } from './make-reports'
import { reportLetters } from './report-letter'
import type { ReportType } from './report-schedules'

export type MadeReport = ScheduledReport & { account: ReportedAccount }

/** Whether a report takes the place of one that is there. Pure. */
export function isMadeAgain({ requestId, onlyMissing }: Pick<ScheduledReport, 'requestId' | 'onlyMissing'>): boolean {
  return requestId !== undefined && !onlyMissing
}

/** A report that is new, or was replaced. */
type Stored = { id: string; version: number; accountId: string; type: ReportType; startDate: string; endDate: string }

/**
 * Stores reports and the letters that tell of them, all in one transaction. One that is there already stays, with its
 * letter; asked for anew, it is replaced, and goes out once more only where that was asked for.
 * @param figures of each report, in the same order.
 * @returns how many were stored.
 */
export function storeReports(reports: readonly MadeReport[], figures: readonly Figures[], now: Date): Promise<number> {
  return db().$transaction(async (tx) => {
    const stored = await write(tx, reports, figures, now)
    const found = new Map(reports.map((report, i) => [keyOf(report), { report, figures: figures[i] as Figures }]))
    const told = stored.flatMap((row) => {
      const known = found.get(keyOf(row))
      return known && (!isMadeAgain(known.report) || known.report.withLetter) ? [{ ...known, row }] : []
    })
    const unsubscribed = await whoIsUnsubscribed(
      tx,
      told.map(({ report }) => report.accountId),
    )
    const letters = told.flatMap(({ report, figures: told, row }) =>
      reportLetters(
        { ...report, ...row, figures: told, shopName: report.account.name, currency: report.account.currency },
        readersOf(report.account).filter((email) => !unsubscribed.has(`${email} ${reportTopic(report.accountId)}`)),
      ),
    )
    await freezeLetters(tx, letters)
    return stored.length
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

/** Whoever is named, or else the owner. */
function readersOf({ reportRecipients, owner }: ReportedAccount): string[] {
  return reportRecipients.length > 0 ? reportRecipients : [owner.email.toLowerCase()]
}

async function whoIsUnsubscribed(tx: Tx, accountIds: string[]): Promise<Set<string>> {
  const rows = await tx.unsubscription.findMany({ where: { topic: { in: accountIds.map(reportTopic) } } })
  return new Set(rows.map(({ email, topic }) => `${email} ${topic}`))
}
