import type { Actor } from '../auth/actor'
import { type RenderedLetter, renderLetter } from '../emails/render-letter'
import { findReport, type WholeReport } from './find-report'
import { reportLetterData } from './report-letter'

/**
 * The letter with a report of the actor's shop, as its readers get it; but the link that ends such letters is blanked, since
 * it is each reader's own.
 * @returns null where there is no such report, or it is another shop's.
 */
export async function renderReportLetter(
  { account }: Pick<Actor, 'account'>,
  id: string,
): Promise<{ report: WholeReport; letter: RenderedLetter } | null> {
  const report = await findReport({ account }, id)
  if (!report) return null
  const data = reportLetterData({ ...report, accountId: account.id, shopName: account.name })
  return { report, letter: await renderLetter('report', data) }
}
