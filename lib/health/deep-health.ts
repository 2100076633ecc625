import { isDatabaseReachable } from '../db/is-reachable'
import { readOutboxStanding } from '../outbox/read-standing'
import { lateSchedules } from '../schedules/late-schedules'
import type { Schedule } from '../schedules/schedule'
import { judgeOutbox } from './checks/outbox'
import { judgeLateSchedules } from './checks/schedules'
import { listOpenIncidents } from './incidents'
import { type Outside, recentAnswer } from './recent-answers'

/** How one part stands; `unknown` where what would tell can't be asked. */
export type Part = { state: 'ok' } | { state: 'failing' | 'unknown'; reason: string }

export type DeepHealth = {
  /** Failing where any part is. That incidents are open says nothing: they are known of. */
  status: 'ok' | 'failing'
  at: Date
  parts: Record<'database' | 'outbox' | 'engine' | 'schedules' | 'mail' | 'payments', Part>
  incidents: { kind: string; subject: string; message: string; openedAt: Date }[]
}

const OK: Part = { state: 'ok' }

/**
 * Looks at every part anew, whether the health check comes or not: that it does not come is a schedule that is late.
 * @param at business time.
 */
export async function readDeepHealth(schedules: readonly Schedule[], at: Date): Promise<DeepHealth> {
  const hasDatabase = await isDatabaseReachable()
  const ofTables = async (read: () => Promise<Part>): Promise<Part> =>
    hasDatabase ? read() : { state: 'unknown', reason: 'the database does not answer' }
  const [outbox, late, engine, mail, payments, incidents] = await Promise.all([
    ofTables(async () => partOf(judgeOutbox(await readOutboxStanding(), new Date()))),
    ofTables(async () => partOf(judgeLateSchedules(await lateSchedules(schedules, at)))),
    outsidePart('engine'),
    outsidePart('mail'),
    outsidePart('payments'),
    hasDatabase ? listOpenIncidents() : [],
  ])
  const database: Part = hasDatabase ? OK : { state: 'failing', reason: 'it does not answer' }
  const parts = { database, outbox, engine, schedules: late, mail, payments }
  return {
    status: Object.values(parts).some(({ state }) => state === 'failing') ? 'failing' : 'ok',
    at,
    parts,
    incidents: incidents.map(({ kind, subject, message, openedAt }) => ({ kind, subject, message, openedAt })),
  }
}

function partOf(findings: readonly { message: string }[]): Part {
  if (findings.length === 0) return OK
  return { state: 'failing', reason: findings.map(({ message }) => message).join(' ') }
}

async function outsidePart(outside: Outside): Promise<Part> {
  const answer = await recentAnswer(outside)
  return answer.isReachable ? OK : { state: 'failing', reason: answer.reason }
}
