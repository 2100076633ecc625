import { createHash } from 'node:crypto'
import { z } from 'zod'
import { env } from './env'

const LIMIT_MS = 2_000
const LONG_LIMIT_MS = 90_000

const face = z.object({ now: z.string(), offsetMs: z.number() })

/** Whether the embedded engine drives the app: what is asked of it here, no other Inngest server can do. */
export function hasOwnEngine(): boolean {
  return env().engine === 'embedded'
}

/** Whether time can be moved here: only the embedded engine can, and only in local mode. */
export function canTimeMove(): boolean {
  return env().mode === 'local' && hasOwnEngine()
}

/** What the embedded engine's clock shows; undefined where time can't be moved, or the engine can't be reached. */
export async function readEngineClock(): Promise<{ now: string; offsetMs: number } | undefined> {
  return canTimeMove() ? face.safeParse((await askEngine('GET', '/dev/clock'))?.body).data : undefined
}

/**
 * Asks one of the routes that only the embedded engine has.
 * @param body sent as JSON; what is asked so may take a minute.
 * @returns its answer; undefined where another server drives the app, or the engine can't be reached.
 */
export async function askEngine(
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<{ status: number; body: unknown } | undefined> {
  const { inngest } = env()
  if (!hasOwnEngine() || !inngest.baseUrl || !inngest.signingKey) return undefined
  const headers = { authorization: `Bearer ${hashedKey(inngest.signingKey)}`, 'content-type': 'application/json' }
  const request = { method, headers, signal: AbortSignal.timeout(body ? LONG_LIMIT_MS : LIMIT_MS) }
  try {
    const url = new URL(path, inngest.baseUrl)
    const response = await fetch(url, body ? { ...request, body: JSON.stringify(body) } : request)
    return { status: response.status, body: await response.json() }
  } catch {
    return undefined
  }
}

/** The signing key as it may be shown: its prefix, and the SHA-256 of the rest. */
export function hashedKey(signingKey: string): string {
  const prefix = /^signkey-\w+-/.exec(signingKey)?.[0] ?? ''
  return prefix + createHash('sha256').update(signingKey.slice(prefix.length), 'hex').digest('hex')
}
