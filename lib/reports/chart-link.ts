import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '../env'

/**
 * Where a report's chart is, for a letter's reader, who is not signed in. The signature is worked out from the report's id
 * and the session secret; it opens that picture and nothing else.
 * @param version so that a mail client fetches it anew when the report was made again.
 */
export function chartUrl(reportId: string, version: number): string {
  const url = new URL(`/reports/${reportId}/chart.png`, env().appUrl)
  url.searchParams.set('signature', signatureOf(reportId))
  url.searchParams.set('v', String(version))
  return url.href
}

/** Whether a signature is the one of a report's chart. */
export function isChartSignature(reportId: string, signature: string): boolean {
  const [shown, right] = [Buffer.from(signature), Buffer.from(signatureOf(reportId))]
  return shown.length === right.length && timingSafeEqual(shown, right)
}

function signatureOf(reportId: string): string {
  return createHmac('sha256', env().sessionSecret).update(`report-chart/${reportId}`).digest('base64url')
}
