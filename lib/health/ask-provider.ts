import { setTimeout as sleep } from 'node:timers/promises'

/** Whether a provider does its work, as far as a question that changes nothing can tell. */
export type ProviderAnswer = { isReachable: true } | { isReachable: false; reason: string }

/** One answer that is lost is no outage. */
const TRIES = 3
const PAUSE_MS = 200
/** So long one try may take; real time. */
const LIMIT_MS = 5_000

/**
 * Asks a provider something harmless, and once more where it does not answer well.
 * @param ask throws where the provider can't be reached or fails.
 */
export async function askProvider(
  ask: (limitMs: number) => Promise<unknown>,
  { tries = TRIES }: { tries?: number } = {},
): Promise<ProviderAnswer> {
  for (let n = 1; ; n++) {
    try {
      await within(LIMIT_MS, ask(LIMIT_MS))
      return { isReachable: true }
    } catch (error) {
      if (n === tries) return { isReachable: false, reason: error instanceof Error ? error.message : String(error) }
    }
    await sleep(PAUSE_MS)
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const limit = new AbortController()
  const late = sleep(ms, undefined, { signal: limit.signal }).then(() => {
    throw new Error(`it has not answered within ${ms / 1_000} seconds`)
  })
  late.catch(() => undefined)
  try {
    await Promise.race([work, late])
  } finally {
    limit.abort()
  }
}
