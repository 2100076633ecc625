import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const prefix = /^signkey-[\w]+-/

/** The header by which an app knows that a call comes from its engine. `body` is in canonical form. */
export function sign(body: string, signingKey: string, realNowMs: number): string {
  const seconds = Math.floor(realNowMs / 1_000)
  const mac = createHmac('sha256', signingKey.replace(prefix, '')).update(body).update(String(seconds))
  return `t=${seconds}&s=${mac.digest('hex')}`
}

/** The key as apps show it in `Authorization: Bearer …`; the key itself never travels. */
export function hashedKey(signingKey: string): string {
  const kept = prefix.exec(signingKey)?.[0] ?? ''
  return kept + createHash('sha256').update(signingKey.replace(prefix, ''), 'hex').digest('hex')
}

/** Compares in a time that tells nothing of the texts but whether they are of one length, which no key hides. */
export function sameText(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)]
  return first.length === second.length && timingSafeEqual(first, second)
}
