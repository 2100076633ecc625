import { type OutboxStanding, readOutboxStanding } from '../../outbox/read-standing'
import type { Check, Finding } from '../check'
import { count, lengthWords } from '../words'

/** The relay tries again within a minute: by then some five tries have failed. */
export const OUTBOX_LIMIT_MS = 5 * 60_000

/** What the outbox’s standing says at an instant of real time. Pure. */
export function judgeOutbox(standing: OutboxStanding, realAt: Date): Finding[] {
  const { pending, oldestPendingAt, parked, firstParked } = standing
  const findings: Finding[] = []
  const lagMs = oldestPendingAt ? realAt.getTime() - oldestPendingAt.getTime() : 0
  if (lagMs > OUTBOX_LIMIT_MS) {
    const message = `${count(pending, 'event')} wait to be sent, the oldest for ${lengthWords(lagMs)}.`
    findings.push({ kind: 'outbox-late', subject: 'outbox', message })
  }
  if (firstParked) {
    const { id, name, lastError } = firstParked
    const message = `${count(parked, 'event')} refused. The first is ${name} (${id}): ${lastError ?? 'no reason was given'}`
    findings.push({ kind: 'outbox-parked', subject: 'outbox', message })
  }
  return findings
}

/** Whether events get to the server. */
export const outboxCheck: Check = {
  id: 'outbox',
  kinds: ['outbox-late', 'outbox-parked'],
  find: async ({ realAt }) => judgeOutbox(await readOutboxStanding(), realAt),
}
