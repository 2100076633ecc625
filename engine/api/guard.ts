import type { IncomingHttpHeaders } from 'node:http'
import { hashedKey, sameText } from '../execution/signature'
import type { UnauthorisedReason } from '../metrics'
import { Problem } from './problem'

export type Keys = {
  eventKey: string
  signingKey: string
  /** Still good while keys are being changed. */
  signingKeyFallback: string | undefined
}

/**
 * Refuses what a web page in somebody's browser could send: a foreign `Origin`, or a name that only looks like this
 * machine (DNS rebinding).
 * @param names host names, without port, by which the engine may be called.
 * @throws Problem 403
 */
export function checkCaller(headers: IncomingHttpHeaders, names: ReadonlySet<string>): void {
  const host = hostOf(`http://${headers.host ?? ''}`)
  if (!host || !names.has(host.hostname))
    throw new Problem(403, `the Host header names an unknown host: ${headers.host ?? 'none'}`)
  if (headers.origin === undefined) return
  if (hostOf(headers.origin)?.host !== host.host)
    throw new Problem(403, `the Origin ${headers.origin} is another site's`)
}

/** A request without a good key; `reason` is what it counts as. */
export class Unauthorised extends Problem {
  override name = 'Unauthorised'
  constructor(
    readonly reason: UnauthorisedReason,
    message: string,
    extra: Record<string, unknown> = {},
  ) {
    super(401, message, extra)
  }
}

/** What callers show of these keys; hashed once, since every step that an app saves shows it. */
const hashes = new WeakMap<Keys, string[]>()

function hashesOf(keys: Keys): string[] {
  const known = hashes.get(keys)
  if (known) return known
  const made = [keys.signingKey, keys.signingKeyFallback].flatMap((key) => (key ? [hashedKey(key)] : []))
  hashes.set(keys, made)
  return made
}

/** @throws Unauthorised when the request doesn't show the hashed signing key. */
export function checkSigningKey(headers: IncomingHttpHeaders, keys: Keys): void {
  const shown = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
  if (hashesOf(keys).some((hash) => sameText(shown, hash))) return
  const reason = shown ? 'signing-key-wrong' : 'signing-key-missing'
  throw new Unauthorised(reason, 'the Authorization header should be "Bearer" and the hashed signing key')
}

/** @throws Unauthorised */
export function checkEventKey(shown: string, { eventKey }: Keys): void {
  if (!sameText(shown, eventKey)) throw new Unauthorised('event-key', 'Event key not found', { ids: [] })
}

function hostOf(url: string): URL | undefined {
  try {
    return new URL(url)
  } catch {
    return undefined
  }
}
