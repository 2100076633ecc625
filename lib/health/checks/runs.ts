import { listSilentRuns, type SilenceLimits, type SilentRuns } from '../../runs/list-silent-runs'
import type { Check, Finding } from '../check'
import { count, lengthWords } from '../words'

const MINUTE_MS = 60_000
/** No call of ours takes longer: the longest steps write a progress every few seconds, and end within minutes. */
const CALL_LIMIT_MS = 60 * MINUTE_MS
/** A full queue may take a while: this is far beyond the longest that a throttle of ours makes anybody wait. */
const QUEUE_LIMIT_MS = 2 * 60 * MINUTE_MS
/** The server wakes a run within seconds of its time. */
const WAKE_LIMIT_MS = 30 * MINUTE_MS

/** Until when runs had to have news at the latest, so as not to be stuck at an instant. Pure. */
export function silenceLimits(at: Date): SilenceLimits {
  const before = (ms: number) => new Date(at.getTime() - ms)
  return {
    queuedBefore: before(QUEUE_LIMIT_MS),
    calledBefore: before(CALL_LIMIT_MS),
    dueBefore: before(WAKE_LIMIT_MS),
  }
}

/** What silent runs say, a finding for each function. Pure. */
export function judgeSilentRuns(silent: readonly SilentRuns[], at: Date): Finding[] {
  return silent.map(({ functionId, amount, since }) => ({
    kind: 'stuck-run',
    subject: functionId,
    message: `${count(amount, 'run')} of ${functionId} without news, the first for ${lengthWords(+at - +since)}.`,
  }))
}

/** Whether runs go on. */
export const runsCheck: Check = {
  id: 'runs',
  kinds: ['stuck-run'],
  find: async ({ at }) => judgeSilentRuns(await listSilentRuns(silenceLimits(at)), at),
}
