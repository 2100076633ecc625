import { z } from 'zod'
import type { EngineClock } from '../clock'
import { canonicalJson } from '../model/json'
import { sign } from './signature'
import type { Transport } from './transport'

const answer = z.object({
  app_id: z.string().min(1),
  url: z.url(),
  sdk: z.string().default(''),
  functions: z.array(z.unknown()),
})

/** An app as it describes itself. */
export type Description = { appName: string; url: string; sdk: string; functions: unknown[] }

/**
 * Asks an app for its functions in one signed call.
 * @param url where the app serves them.
 * @throws TransportError when nobody is there, Error when the answer is not a description.
 */
export async function describeApp(
  url: string,
  transport: Transport,
  clock: EngineClock,
  signingKey: string,
): Promise<Description> {
  const body = canonicalJson({ url })
  const headers = {
    'content-type': 'application/json',
    'x-inngest-sync-kind': 'in_band',
    'x-inngest-signature': sign(body, signingKey, clock.realNow()),
  }
  const { status, body: text } = await transport({ url, method: 'PUT', headers, body })
  if (status !== 200) throw new Error(`the app answered HTTP ${status} to a sync`)
  const { app_id: appName, url: ownUrl, sdk, functions } = answer.parse(JSON.parse(text))
  return { appName, url: ownUrl, sdk, functions }
}
