import { readEngineClock } from './engine-api'

type Shared = { offsetMs: number; askedAt: number }

// On globalThis: every instance of this module must tell the same time.
const shared = globalThis as typeof globalThis & { backroomClock?: Shared }
shared.backroomClock ??= { offsetMs: 0, askedAt: 0 }
const clock: Shared = shared.backroomClock

const FRESH_MS = 1_000
/** No honest offset is longer; a date beyond it would be none. */
const MOST_MS = 100 * 366 * 24 * 3_600_000

/** Business time: the machine's, moved on as far as the engine's clock was moved. */
export function now(): Date {
  return new Date(Date.now() + clock.offsetMs)
}

/** How far business time is ahead of the machine's, in milliseconds. */
export function clockOffsetMs(): number {
  return clock.offsetMs
}

/** Takes over an offset that the engine has told. It only grows: time never goes back. */
export function learnOffset(offsetMs: number): void {
  if (offsetMs >= 0 && offsetMs <= MOST_MS) clock.offsetMs = Math.max(clock.offsetMs, offsetMs)
}

/** Asks the engine for its time, at most once a second, so that a page never shows an older one. */
export async function refreshClock(): Promise<void> {
  const realNow = Date.now()
  if (realNow - clock.askedAt < FRESH_MS) return
  clock.askedAt = realNow
  const face = await readEngineClock()
  if (face) learnOffset(face.offsetMs)
}

/** Sets time back to the machine's; for tests. */
export function resetClock(): void {
  clock.offsetMs = 0
  clock.askedAt = 0
}
