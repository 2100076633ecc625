import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from './env'

/**
 * What proves that we have written a text, worked out from it and a secret: always the same, and stored nowhere.
 * @param what begins with what it is for, so that a signature of one kind is none of another's.
 * @param secret our own, unless somebody else is to check it.
 */
export function signatureOf(what: string, secret: string = env().sessionSecret): string {
  return createHmac('sha256', secret).update(what).digest('base64url')
}

/** Whether a signature that is shown is the one of a text; in constant time. */
export function isSignatureOf(what: string, shown: string): boolean {
  const [given, right] = [Buffer.from(shown), Buffer.from(signatureOf(what))]
  return given.length === right.length && timingSafeEqual(given, right)
}
