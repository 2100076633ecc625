import { env } from '../env'
import { signatureOf } from '../signature'
import type { Alert } from './alert'
import { alertBody } from './alert-body'

const LIMIT_MS = 10_000

export type AlertPosted = { posted: true; status: number } | { posted: false; reason: string }

/**
 * Posts that an incident has opened or closed to the webhook of the environment, signed. Who has got it before knows it by its
 * `idempotency-key`.
 * @throws Error when it was not taken.
 */
export async function postAlert(alert: Alert): Promise<AlertPosted> {
  const { alertWebhook } = env()
  if (!alertWebhook) return { posted: false, reason: 'no webhook is set' }
  const { url, secret, format } = alertWebhook
  const body = alertBody(format, alert)
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `incident/${alert.incidentId}/${alert.state}`,
      ...(secret ? { 'x-backroom-signature': alertSignature(body, secret, new Date()) } : {}),
    },
    body,
    // One that leads elsewhere would be followed by another request, without its body.
    redirect: 'manual',
    signal: AbortSignal.timeout(LIMIT_MS),
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`the alert webhook has answered ${response.status}`)
  return { posted: true, status: response.status }
}

/**
 * What proves that a post is ours and not an old one: `t=<seconds>,v1=<HMAC-SHA256 of "<t>.<body>", base64url>`.
 * @param realAt the receiver's clock does not move with business time.
 */
export function alertSignature(body: string, secret: string, realAt: Date): string {
  const seconds = Math.floor(realAt.getTime() / 1_000)
  return `t=${seconds},v1=${signatureOf(`${seconds}.${body}`, secret)}`
}
