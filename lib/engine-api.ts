import { createHash } from 'node:crypto'
import { z } from 'zod'
import { env } from './env'

const LIMIT_MS = 2_000

const face = z.object({ now: z.string(), offsetMs: z.number() })

/** Whether time can be moved here: only the embedded engine can, and only in local mode. */
export function canTimeMove(): boolean {
  const { mode, engine } = env()
  return mode === 'local' && engine === 'embedded'
}

/** What the embedded engine's clock shows; undefined where another server drives the app, or it can't be reached. */
export async function readEngineClock(): Promise<{ now: string; offsetMs: number } | undefined> {
  const { inngest } = env()
  if (!canTimeMove() || !inngest.baseUrl || !inngest.signingKey) return undefined
  try {
    const response = await fetch(new URL('/dev/clock', inngest.baseUrl), {
      headers: { authorization: `Bearer ${hashedKey(inngest.signingKey)}` },
      signal: AbortSignal.timeout(LIMIT_MS),
    })
    return face.safeParse(await response.json()).data
  } catch {
    return undefined
  }
}

/** The signing key as it may be shown: its prefix, and the SHA-256 of the rest. */
export function hashedKey(signingKey: string): string {
  const prefix = /^signkey-\w+-/.exec(signingKey)?.[0] ?? ''
  return prefix + createHash('sha256').update(signingKey.slice(prefix.length), 'hex').digest('hex')
}
