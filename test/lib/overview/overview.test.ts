import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import type { RunStatus } from '@/lib/db/generated/client'
import { recordDeadLetter } from '@/lib/dead-letters/record-dead-letter'
import { readOverview } from '@/lib/overview/read-overview'
import { readThroughput, type ThroughputBar, type ThroughputRange } from '@/lib/runs/read-throughput'
import { noteSchedules } from '@/lib/schedules/known-schedules'
import type { Schedule } from '@/lib/schedules/schedule'
import { recordSlots } from '@/lib/schedules/take-slots'
import { Chance } from '../../support/chance'
import { ownLedgerDatabase } from '../../support/ledger-database'

ownLedgerDatabase()

const AT = new Date('2026-01-10T12:34:56Z')
const MINUTE_MS = 60_000
const operator = { isOperator: true }
const shared = globalThis as { backroomThroughput?: unknown }

const hourly: Schedule = {
  ...{ id: 'hourly', words: 'Every hour', cron: 'TZ=UTC 0 * * * *', rhythm: { every: 'minutes', minutes: 60 } },
  ...{ timeZone: 'UTC', scope: 'global', missedSlots: 'latest', owner: 'payments' },
}
const look = (range: ThroughputRange = 'hour', at = AT) =>
  readOverview(operator, { functionIds: ['f', 'g'], schedules: [hourly], range }, at)

const ago = (minutes: number) => new Date(AT.getTime() - minutes * MINUTE_MS)

type Seeded = { status: RunStatus; functionId?: string; endedMinutesAgo?: number; waitMs?: number; tookMs?: number }

/** Runs as the ledger has them. */
async function seed(runs: Seeded[]): Promise<void> {
  await db().run.createMany({
    data: runs.map(({ status, functionId = 'f', endedMinutesAgo, waitMs = 50, tookMs = 1_000 }) => {
      const endedAt = endedMinutesAgo === undefined ? null : ago(endedMinutesAgo)
      const startedAt = new Date((endedAt ?? AT).getTime() - tookMs)
      const queuedAt = new Date(startedAt.getTime() - waitMs)
      return {
        ...{ id: randomUUID(), functionId, status, eventId: 'e', eventName: 'x', events: [], endedAt, queuedAt },
        ...{ startedAt: status === 'queued' ? null : startedAt, calledAt: startedAt },
      }
    }),
  })
}

const sumOf = (bars: ThroughputBar[]) =>
  bars.reduce(
    (sum, { completed, failed, cancelled }) => ({
      completed: sum.completed + completed,
      failed: sum.failed + failed,
      cancelled: sum.cancelled + cancelled,
    }),
    { completed: 0, failed: 0, cancelled: 0 },
  )

beforeEach(() => {
  shared.backroomThroughput = undefined
})

describe('the overview', () => {
  it('counts the runs by status, and draws those that ended, bar by bar', async () => {
    await seed([
      { status: 'completed', endedMinutesAgo: 0 },
      { status: 'completed', endedMinutesAgo: 1 },
      { status: 'failed', endedMinutesAgo: 1 },
      { status: 'cancelled', endedMinutesAgo: 59 },
      { status: 'completed', endedMinutesAgo: 70 },
      { status: 'failed', endedMinutesAgo: 3 * 24 * 60 },
      { status: 'running' },
      { status: 'sleeping' },
    ])
    const { counts, throughput } = await look()
    expect(counts).toMatchObject({ completed: 3, failed: 2, cancelled: 1, running: 1, sleeping: 1, queued: 0 })
    expect(throughput).toHaveLength(60)
    expect(throughput.at(-1)).toEqual({ from: new Date('2026-01-10T12:34:00Z'), completed: 1, failed: 0, cancelled: 0 })
    expect(throughput.at(-2)).toMatchObject({ completed: 1, failed: 1, cancelled: 0 })
    expect(throughput[0]).toMatchObject({ from: new Date('2026-01-10T11:35:00Z'), cancelled: 1 })
    expect(sumOf(throughput)).toEqual({ completed: 2, failed: 1, cancelled: 1 })
    expect(sumOf((await look('day')).throughput)).toEqual({ completed: 3, failed: 1, cancelled: 1 })
    const week = (await look('week')).throughput
    expect(sumOf(week)).toEqual({ completed: 3, failed: 2, cancelled: 1 })
    expect(week.at(-1)?.from).toEqual(new Date('2026-01-10T12:00:00Z'))
  })

  it('draws the same whether minutes were counted before or not, while time goes on', async () => {
    const chance = new Chance(7)
    const ends = Array.from({ length: 400 }, () => chance.between(0, 30 * 60))
    await seed(ends.map((endedMinutesAgo, n) => ({ status: n % 5 ? 'completed' : 'failed', endedMinutesAgo })))
    // From so early on that most of it lies ahead.
    for (let minutesAgo = 30 * 60; minutesAgo >= 0; minutesAgo -= 225)
      for (const range of ['hour', 'day', 'week'] as const) {
        const at = ago(minutesAgo)
        const kept = await readThroughput(operator, range, at)
        const known = shared.backroomThroughput
        shared.backroomThroughput = undefined
        expect(kept, `${range} ${minutesAgo}`).toEqual(await readThroughput(operator, range, at))
        shared.backroomThroughput = known
      }
  })

  it('tells the waits and durations of each function, from its runs that ended', async () => {
    await seed(
      [10, 20, 30, 40, 1_000].map((waitMs, n) => ({
        ...{ status: 'completed' as const, endedMinutesAgo: n, waitMs, tookMs: 100 * (n + 1) },
      })),
    )
    const { measures } = await look()
    expect(measures).toMatchObject([
      { functionId: 'f', ended: 5, medianWaitMs: 30, medianMs: 300 },
      { functionId: 'g', ended: 0, medianWaitMs: null, p95WaitMs: null },
    ])
    expect(measures[0]?.p95WaitMs).toBeCloseTo(808)
    expect(measures[0]?.p95Ms).toBeCloseTo(480)
  })

  it('tells what has waited longest: a queued run, or an event of whose run nothing was seen', async () => {
    expect((await look()).waiting).toBeNull()
    await seed([{ status: 'queued', functionId: 'g', waitMs: 5_000, tookMs: 0 }])
    expect((await look()).waiting).toMatchObject({ functionId: 'g', since: ago(5 / 60), runId: expect.any(String) })
    const awaited = { eventName: 'x', serverEventId: 's', lookUpAt: AT }
    const dueAt = [ago(10), ago(-10)]
    await db().awaitedRun.createMany({
      data: dueAt.map((each, n) => ({ ...awaited, eventId: `e${n}`, functionId: 'f', dueAt: each })),
    })
    expect((await look()).waiting).toEqual({ functionId: 'f', since: ago(10), runId: null })
  })

  it('tells of the outbox, of open incidents, and of dead letters by cause', async () => {
    const event = { name: 'user/created', data: {}, createdAt: ago(3) }
    await db().outboxEvent.createMany({
      data: [
        { ...event, id: 'pending' },
        { ...event, id: 'sent', status: 'sent', sentAt: AT },
        { ...event, id: 'parked', status: 'parked' },
      ],
    })
    const incident = { kind: 'mail-away', message: 'The mail provider is away.', openedAt: AT }
    await db().incident.createMany({
      data: [
        { ...incident, id: 'i1', subject: 'a' },
        { ...incident, id: 'i2', subject: 'b', closedAt: AT },
      ],
    })
    const { outbox, incidents, groups } = await look()
    expect(outbox).toMatchObject({ pending: 1, oldestPendingAt: ago(3), parked: 1 })
    expect(incidents).toMatchObject([{ id: 'i1' }])
    expect(groups).toEqual([])
    for (const runId of ['r1', 'r2'])
      await recordDeadLetter({ runId, functionId: 'f', failedAt: AT, error: new Error('no'), events: [] })
    expect((await look()).groups).toMatchObject([{ functionId: 'f', cause: 'no', count: 2 }])
  })

  it('names a schedule whose slot should have been done, until it is', async () => {
    expect((await look()).late).toEqual([])
    await noteSchedules([hourly], new Date('2026-01-10T10:30:00Z'))
    const slot = new Date('2026-01-10T11:00:00Z')
    expect((await look()).late).toMatchObject([{ scheduleId: 'hourly', slot }])
    const slots = [slot, new Date('2026-01-10T12:00:00Z')]
    await recordSlots({ scheduleId: 'hourly', slots, status: 'done', outcome: 'fine', now: AT })
    expect((await look()).late).toEqual([])
  })
})
