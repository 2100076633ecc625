import { env } from '../env'
import { isSignatureOf, signatureOf } from '../signature'

/**
 * Where a report's chart is, for a letter's reader, who is not signed in. The signature is worked out from the report's id
 * and the session secret; it opens that picture and nothing else.
 * @param version so that a mail client fetches it anew when the report was made again.
 */
export function chartUrl(reportId: string, version: number): string {
  const url = new URL(`/reports/${reportId}/chart.png`, env().appUrl)
  url.searchParams.set('signature', signatureOf(signed(reportId)))
  url.searchParams.set('v', String(version))
  return url.href
}

/** Whether a signature is the one of a report's chart. */
export function isChartSignature(reportId: string, signature: string): boolean {
  return isSignatureOf(signed(reportId), signature)
}

const signed = (reportId: string) => `report-chart/${reportId}`
