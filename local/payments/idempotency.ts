import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { ApiError, invalidRequest } from './api-error'
import type { Params } from './form'
import type { KeyEntry, Store } from './store'

const LONGEST_KEY = 255

/** A request that brought a key. */
export type KeyedRequest = { key: string; path: string; fingerprint: string }

/**
 * Keys as Stripe treats them: the answer to a key's first request is the answer to all that follow, refusals and
 * failures too; the same key with something else is refused, and so is one whose first request is still under way.
 */
export class Idempotency {
  private readonly underWay = new Set<string>()

  constructor(private readonly store: Pick<Store, 'keyEntry'>) {}

  /**
   * The stored answer; undefined for a key that is new, or forgotten after 24 hours.
   * @throws ApiError where the key can't be used for this.
   */
  find({ key, path, fingerprint }: KeyedRequest): KeyEntry | undefined {
    if (key.length > LONGEST_KEY)
      throw invalidRequest(`Idempotency keys can have up to ${LONGEST_KEY} characters; this one has ${key.length}.`)
    if (this.underWay.has(key))
      throw mistake(
        409,
        `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
        'idempotency_key_in_use',
      )
    const known = this.store.keyEntry(key)
    if (!known) return undefined
    const other = `Try using a key other than '${key}' if you meant to execute a different request.`
    if (known.path !== path)
      throw mistake(
        400,
        `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${path}' does not match '${known.path}'). ${other}`,
      )
    if (known.fingerprint !== fingerprint)
      throw mistake(
        400,
        `Keys for idempotent requests can only be used with the same parameters they were first used with. ${other}`,
      )
    return known
  }

  /** Does the key's work, with which no other request of the key may coincide. */
  async during<T>(key: string | undefined, work: () => Promise<T>): Promise<T> {
    if (key === undefined) return work()
    this.underWay.add(key)
    try {
      return await work()
    } finally {
      this.underWay.delete(key)
    }
  }
}

/** The order in which parameters come makes no difference. Pure. */
export function fingerprintOf(params: Params): string {
  return createHash('sha256')
    .update(canonicalize(params) ?? '')
    .digest('hex')
}

function mistake(status: number, message: string, code?: string): ApiError {
  return new ApiError(status, { type: 'idempotency_error', message, ...(code ? { code } : {}) })
}
