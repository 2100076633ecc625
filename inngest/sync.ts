import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '@/lib/log'

type Sync = { heard: () => void; done: Promise<void> }

// On globalThis: the route notes it, instrumentation waits for it.
const shared = globalThis as typeof globalThis & { backroomSync?: Sync }
shared.backroomSync ??= create()
const sync: Sync = shared.backroomSync

/** However long the server is away, events are not kept back for longer. Real time. */
const LIMIT_MS = 60_000

function create(): Sync {
  let heard = () => {}
  const done = new Promise<void>((resolve) => {
    heard = resolve
  })
  return { heard, done }
}

/** Notes that the server has taken this process's functions. */
export function noteSync(): void {
  sync.heard()
}

/**
 * Resolves when the server knows this process's functions: an event that it is sent before would start none of the new
 * ones, and is not looked at again. Only who starts the app by `up` registers it; elsewhere nothing is waited for.
 */
export async function functionsKnown(): Promise<void> {
  if (!process.env.BACKROOM_AWAITS_SYNC) return
  const limit = new AbortController()
  const late = sleep(LIMIT_MS, true, { signal: limit.signal, ref: false }).catch(() => false)
  if (await Promise.race([sync.done.then(() => false), late]))
    log.warn('events are sent to a server that has not heard of the functions')
  limit.abort()
}
