import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { listSlots } from '@/lib/schedules/list-slots'
import { latenessOf, readSchedules } from '@/lib/schedules/read-schedules'
import type { Schedule } from '@/lib/schedules/schedule'
import { ownLedgerDatabase } from '../../support/ledger-database'

ownLedgerDatabase()

const operator = { isOperator: true }
const AT = new Date('2026-01-10T14:10:00Z')
const at = (text: string) => new Date(`2026-01-10T${text}Z`)
const nightly: Schedule = {
  ...{ id: 'nightly', words: 'Every night', cron: 'TZ=America/New_York 0 2 * * *', rhythm: { every: 'day', hour: 2 } },
  ...{ timeZone: 'America/New_York', scope: 'global', missedSlots: 'latest', owner: 'operations' },
}
const morning: Schedule = {
  ...{ id: 'morning', words: 'Every morning', cron: 'TZ=UTC */15 * * * *', rhythm: { every: 'day', hour: 9 } },
  ...{ timeZone: 'America/New_York', scope: 'account', missedSlots: 'latest', owner: 'reports' },
}

async function addRun(functionId: string, startedAt: Date, change: { progress?: object; eventName?: string } = {}) {
  const run = { eventId: 'e', eventName: 'inngest/scheduled.timer', events: [], status: 'completed' as const }
  const times = { queuedAt: startedAt, startedAt, calledAt: startedAt, endedAt: startedAt }
  await db().run.create({
    data: { id: randomUUID(), functionId, ...times, ...run, ...change },
  })
}

const addSlots = (
  scheduleId: string,
  slots: [slot: Date, scope: string, status: 'done' | 'skipped', lateMs: number][],
) =>
  db().scheduleSlot.createMany({
    data: slots.map(([slot, scope, status, lateMs]) => ({
      ...{ scheduleId, slot, scope, status, outcome: status === 'done' ? 'fine' : 'nobody was there' },
      ...{ decidedAt: new Date(slot.getTime() + lateMs), lateMs: BigInt(lateMs) },
    })),
  })

describe('the schedules as an operator sees them', () => {
  it('tell what comes next, and nothing of a past that they have not', async () => {
    const [line] = await readSchedules(operator, [nightly], AT)
    expect(line).toMatchObject({ lastRun: null, fanOut: null, lateMs: null, late: null })
    expect(line?.next.map((slot) => slot.toISOString())).toEqual(
      [11, 12, 13, 14, 15].map((day) => `2026-01-${day}T07:00:00.000Z`),
    )
  })

  it('tell how the last run went, and how long after its slot it began', async () => {
    await addRun('nightly', at('07:00:02'))
    await addRun('nightly', at('07:40:00'))
    const lineOf = async () => (await readSchedules(operator, [nightly], AT))[0]
    expect(await lineOf()).toMatchObject({ lastRun: { status: 'completed', isByHand: false }, lateMs: 40 * 60_000 })
    await addRun('nightly', at('13:00:00'), { eventName: 'schedule/run-requested' })
    expect(await lineOf()).toMatchObject({ lastRun: { isByHand: true, startedAt: at('13:00:00') }, lateMs: null })
  })

  it('tell how far the last fan-out came, though most ticks since had nobody to ask', async () => {
    const progress = { step: 40, totalSteps: 50, currentOperation: 'ask', percent: 80 }
    await addRun('morning', at('13:45:00'), { progress: { ...progress, step: 50 } })
    await addRun('morning', at('14:00:00'), { progress })
    await addRun('morning', at('14:05:00'))
    await addSlots('morning', [[at('14:00:00'), 'account-1', 'done', 4_000]])
    expect(await readSchedules(operator, [morning], AT)).toMatchObject([
      { lastRun: { startedAt: at('14:05:00'), progress: null }, fanOut: { progress: { step: 40 } }, lateMs: 4_000 },
    ])
  })

  it('are late by the clocks of their zone when these are changed', () => {
    const began = (startedAt: string) =>
      latenessOf(nightly, { isByHand: false, startedAt: new Date(`2026-${startedAt}Z`) })
    expect(began('03-08T07:00:01')).toBe(1_000)
    expect(began('11-01T06:00:01')).toBe(24 * 3_600_000 + 1_000)
  })
})

describe('the slots of a schedule', () => {
  it('are told newest first, those of many accounts together', async () => {
    const [first, second] = [at('14:00:00'), at('15:00:00')]
    await addSlots('many', [
      [first, 'a', 'done', 1_000],
      [first, 'b', 'done', 9_000],
      [first, 'c', 'skipped', 5_000],
      [second, 'd', 'done', 2_000],
    ])
    expect(await listSlots(operator, 'many')).toEqual([
      {
        ...{ slot: second, done: 1, skipped: 0, isMore: false, lateMs: 2_000, outcome: 'fine' },
        decidedAt: at('15:00:02'),
      },
      {
        ...{ slot: first, done: 2, skipped: 1, isMore: false, lateMs: 9_000, outcome: 'fine' },
        decidedAt: at('14:00:09'),
      },
    ])
    expect(await listSlots(operator, 'none')).toEqual([])
  })

  it('are the latest twenty, however many accounts had each', async () => {
    const slots = Array.from({ length: 25 }, (_, n) => new Date(AT.getTime() - n * 3_600_000))
    await addSlots(
      'long',
      slots.flatMap((slot) => ['a', 'b'].map((scope): [Date, string, 'done', number] => [slot, scope, 'done', 0])),
    )
    const told = await listSlots(operator, 'long')
    expect(told.map(({ slot }) => slot)).toEqual(slots.slice(0, 20))
    expect(new Set(told.map(({ done }) => done))).toEqual(new Set([2]))
  })
})
