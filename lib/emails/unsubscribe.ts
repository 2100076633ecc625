import { now } from '../clock'
import { db } from '../db'
import { env } from '../env'
import { isSignatureOf, signatureOf } from '../signature'

/** What somebody can want no more letters of: an account's reports, or reminders to come back. */
export type Topic = { email: string; topic: string }

export const reportTopic = (accountId: string) => `reports/${accountId}`
export const RE_ENGAGEMENT_TOPIC = 're-engagement'

/**
 * Where one click ends the letters of a topic to an address. It is worked out from the two and the session secret, always
 * the same, so that each try of a sending has the same body; nobody else can make one.
 */
export function unsubscribeUrl({ email, topic }: Topic): string {
  const url = new URL('/api/unsubscribe', env().appUrl)
  const what = Buffer.from(JSON.stringify([email.toLowerCase(), topic])).toString('base64url')
  url.searchParams.set('token', `${what}.${signatureOf(signed(what))}`)
  return url.href
}

/** What a token is about; undefined for one that isn't ours. */
export function topicOf(token: string): Topic | undefined {
  const [what = '', mac = '', ...rest] = token.split('.')
  if (rest.length > 0 || !isSignatureOf(signed(what), mac)) return undefined
  const [email, topic] = JSON.parse(Buffer.from(what, 'base64url').toString('utf8')) as [string, string]
  return { email, topic }
}

/**
 * Ends the letters of a topic to an address, by the token of a letter. Once more changes nothing.
 * @returns undefined for a token that isn't ours.
 */
export async function unsubscribe(token: string): Promise<Topic | undefined> {
  const found = topicOf(token)
  if (!found) return undefined
  await db().unsubscription.createMany({ data: [{ ...found, at: now() }], skipDuplicates: true })
  return found
}

/** Whether somebody wants no more letters of a topic. */
export async function isUnsubscribed({ email, topic }: Topic): Promise<boolean> {
  const key = { email: email.toLowerCase(), topic }
  return (await db().unsubscription.findUnique({ where: { email_topic: key } })) !== null
}

const signed = (what: string) => `unsubscribe/${what}`
