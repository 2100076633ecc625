import type { Tx } from '../db'
import { freezeLetters } from '../emails/freeze-letters'
import { reportTopic } from '../emails/unsubscribe'
import type { Figures } from './figures/figures'
import type { ReportedAccount } from './make-reports'
import { type LetteredReport, reportLetters } from './report-letter'

/** A report that its readers are to be told of, with whose it is. */
export type ToldReport = {
  report: Omit<LetteredReport, 'figures' | 'shopName'> & { account: ReportedAccount }
  figures: Figures
}

/** Writes the letters that tell of reports, one for each reader who wants them; one that is written already is left out. */
export async function tellReaders(tx: Tx, told: readonly ToldReport[]): Promise<void> {
  const unsubscribed = await whoIsUnsubscribed(
    tx,
    told.map(({ report }) => report.accountId),
  )
  const letters = told.flatMap(({ report, figures }) =>
    reportLetters(
      { ...report, figures, shopName: report.account.name },
      readersOf(report.account).filter((email) => !unsubscribed.has(`${email} ${reportTopic(report.accountId)}`)),
    ),
  )
  await freezeLetters(tx, letters)
}

/** Whoever is named, or else the owner. */
function readersOf({ reportRecipients, owner }: ReportedAccount): string[] {
  return reportRecipients.length > 0 ? reportRecipients : [owner.email.toLowerCase()]
}

async function whoIsUnsubscribed(tx: Tx, accountIds: string[]): Promise<Set<string>> {
  const rows = await tx.unsubscription.findMany({ where: { topic: { in: accountIds.map(reportTopic) } } })
  return new Set(rows.map(({ email, topic }) => `${email} ${topic}`))
}
