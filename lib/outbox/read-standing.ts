import { db } from '../db'

/** How the outbox stands. Its instants are real time. */
export type OutboxStanding = {
  pending: number
  /** Since when the oldest event waits that is to be sent. */
  oldestPendingAt: Date | null
  parked: number
  /** The parked event that has waited longest. */
  firstParked: { id: string; name: string; lastError: string | null } | null
}

/** Reads how many events wait, and which the server has refused. */
export async function readOutboxStanding(): Promise<OutboxStanding> {
  const [pending, parked, firstParked] = await Promise.all([
    db().outboxEvent.aggregate({ where: { status: 'pending' }, _count: true, _min: { createdAt: true } }),
    db().outboxEvent.count({ where: { status: 'parked' } }),
    db().outboxEvent.findFirst({
      where: { status: 'parked' },
      orderBy: { createdAt: 'asc' },
      select: { id: true, name: true, lastError: true },
    }),
  ])
  return { pending: pending._count, oldestPendingAt: pending._min.createdAt, parked, firstParked }
}
