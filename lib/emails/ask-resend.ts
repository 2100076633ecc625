import { resendClient } from './resend'

/** No letter has this id. */
const NO_LETTER = '00000000-0000-0000-0000-000000000000'
/** What it says to who asks for a letter that there is not; a key that may only send is told that it may only send. */
const good = new Set<string>(['not_found', 'restricted_api_key', 'rate_limit_exceeded'])

/**
 * Asks the mail provider for a letter that there is not, which changes nothing.
 * @throws Error where it can't be reached, fails, or refuses our key.
 */
export async function askResend(): Promise<void> {
  const { error } = await resendClient().emails.get(NO_LETTER)
  if (error && !good.has(error.name)) throw new Error(`Resend: ${error.message}`)
}
