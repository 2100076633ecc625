import { env } from '../env'
import { isSignatureOf, signatureOf } from '../signature'

export type SecretPurpose = 'reset-password' | 'verify-email'

/**
 * The link of a letter that proves its reader got it. It is worked out from the link's id and the session secret,
 * always the same, so that each try of a sending has the same body and the token itself is stored nowhere.
 */
export function secretLinkUrl(id: string, purpose: SecretPurpose): string {
  const url = new URL(`/${purpose}`, env().appUrl)
  url.searchParams.set('token', `${id}.${signatureOf(`${purpose}/${id}`)}`)
  return url.href
}

/** The id of the link that a token belongs to; undefined for a token that isn't ours. */
export function secretIdOf(token: string, purpose: SecretPurpose): string | undefined {
  const [id, mac, ...rest] = token.split('.')
  if (!id || !mac || rest.length > 0) return undefined
  return isSignatureOf(`${purpose}/${id}`, mac) ? id : undefined
}
