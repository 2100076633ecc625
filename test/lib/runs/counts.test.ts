import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import type { RunStatus } from '@/lib/db/generated/client'
import { confirmEnd } from '@/lib/runs/confirm-end'
import { countJobs, countRuns } from '@/lib/runs/count-runs'
import type { Note } from '@/lib/runs/notes'
import { runStatuses } from '@/lib/runs/statuses'
import { foldRunCounts } from '@/lib/runs/upkeep'
import { ledgerWritten, note } from '@/lib/runs/writer'
import { ownLedgerDatabase } from '../../support/ledger-database'
import { called, callOf } from '../../support/notes'

ownLedgerDatabase()

const at = new Date('2026-01-01T00:00:00Z')
const operator = { isOperator: true }
const written = () => ledgerWritten({ withinMs: 10_000 })

const awaited = (eventId: string, functionId: string, dueAt = at): Note => ({
  kind: 'awaited',
  run: { eventId, functionId, eventName: 'x', serverEventId: eventId, dueAt },
})

const stood = (runId: string, status: 'sleeping' | 'waiting' | 'retrying', functionId = 'f'): Note[] => [
  called(runId, { functionId }),
  { kind: 'stands', call: callOf(runId, { functionId }), standing: { status, until: null } },
]

const ended = (runId: string, functionId = 'f'): Note => ({
  kind: 'ended',
  call: callOf(runId, { functionId }),
  at,
  end: { status: 'completed', output: null },
})

type Counted = { functionId: string; status: string | null; amount: number }

/** The sums that are kept, and the same counted one by one, at the same moment. */
function both(): Promise<{ kept: Counted[]; counted: Counted[] }> {
  return db().$transaction(
    async (tx) => ({
      kept: await tx.$queryRaw<Counted[]>`
        SELECT "functionId", "status"::text, sum("amount")::int AS "amount" FROM "RunCount"
        GROUP BY 1, 2 HAVING sum("amount") <> 0 ORDER BY 1, 2`,
      counted: await tx.$queryRaw<Counted[]>`
        SELECT "functionId", "status"::text, count(*)::int AS "amount" FROM "Run" GROUP BY 1, 2
        UNION ALL SELECT "functionId", NULL, count(*)::int FROM "AwaitedRun" GROUP BY 1
        ORDER BY 1, 2`,
    }),
    { isolationLevel: 'RepeatableRead' },
  )
}

async function expectSame(): Promise<Counted[]> {
  const { kept, counted } = await both()
  expect(kept).toEqual(counted)
  return counted
}

describe('the counts that are kept', () => {
  it('follow every run that is added, changed and deleted, by whatever hand', async () => {
    note(...stood('r1', 'sleeping'), ...stood('r2', 'waiting'), called('r3'), awaited('e9', 'f'))
    await written()
    await expectSame()
    note(ended('r1'), ended('r2'))
    await confirmEnd({ runId: 'r3', functionId: 'send-email', status: 'cancelled', endedAt: at })
    await confirmEnd({ runId: 'r4', functionId: 'g', status: 'failed', endedAt: at, error: 'x', events: [] })
    await written()
    expect(await expectSame()).toHaveLength(4)
    await db().run.updateMany({ where: { id: 'r1' }, data: { functionId: 'renamed' } })
    await db().$executeRaw`UPDATE "Run" SET "status" = 'failed' WHERE "id" = 'r2'`
    await db().run.deleteMany({ where: { id: { in: ['r3', 'nobody'] } } })
    await db().awaitedRun.deleteMany()
    await expectSame()
    await foldRunCounts()
    await expectSame()
    await db().run.deleteMany()
    await foldRunCounts()
    expect(await expectSame()).toEqual([])
    expect(await db().runCount.count()).toBe(0)
  })

  it('are no more than a few rows once they are folded', async () => {
    for (let n = 0; n < 30; n++) {
      note(called(`r${n}`, { functionId: `f${n % 3}` }))
      await written()
    }
    expect(await db().runCount.count()).toBe(30)
    await foldRunCounts()
    expect(await db().runCount.count()).toBe(3)
    await expectSame()
  })

  it('are right at any moment, while many write, delete and fold', async () => {
    let isOver = false
    const work = async (lane: number) => {
      for (let round = 0; round < 15; round++) {
        const ids = Array.from({ length: 8 }, (_, n) => `${lane}-${round}-${n}`)
        for (const id of ids) note(...stood(id, 'sleeping', `f${lane % 2}`), awaited(`late-${id}`, `f${lane % 2}`))
        await written()
        note(...ids.slice(0, 4).map((id) => ended(id, `f${lane % 2}`)))
        await db().run.deleteMany({ where: { id: { in: ids.slice(6) } } })
        await db().awaitedRun.deleteMany({ where: { eventId: { in: ids.slice(3).map((id) => `late-${id}`) } } })
      }
    }
    const look = async (then: () => Promise<void>) => {
      while (!isOver) await then()
    }
    const watchers = [look(foldRunCounts), look(foldRunCounts), look(() => expectSame().then(() => undefined))]
    await Promise.all([0, 1, 2].map(work))
    isOver = true
    await Promise.all(watchers)
    await written()
    const counted = await expectSame()
    expect(counted.reduce((sum, { amount }) => sum + amount, 0)).toBeGreaterThan(200)
  })
})

describe('what is told of them', () => {
  it('has every status, of one function or of all, for operators alone', async () => {
    note(...stood('r1', 'sleeping'), ...stood('r2', 'sleeping', 'g'), called('r3', { functionId: 'g' }), ended('r4'))
    note(awaited('e1', 'f'))
    await written()
    const none = Object.fromEntries(runStatuses.map((status: RunStatus) => [status, 0]))
    expect(await countRuns(operator)).toEqual({ ...none, sleeping: 2, running: 1, completed: 1 })
    expect(await countRuns(operator, 'g')).toEqual({ ...none, sleeping: 1, running: 1 })
    expect(await countRuns(operator, "no such'; function")).toEqual(none)
    await expect(countRuns({ isOperator: false })).rejects.toThrow()
  })

  it('puts each run into one column of its function, and names those too that have none', async () => {
    const later = new Date(at.getTime() + 3_600_000)
    note(
      ...stood('r1', 'sleeping'),
      ...stood('r2', 'waiting'),
      ...stood('r3', 'retrying'),
      called('r4', { functionId: 'f' }),
    )
    note(ended('r5'), awaited('e1', 'f'), awaited('e2', 'f', later), awaited('e3', 'g', later))
    await written()
    await confirmEnd({ runId: 'r6', functionId: 'f', status: 'cancelled', endedAt: at })
    await confirmEnd({ runId: 'r7', functionId: 'f', status: 'failed', endedAt: at })
    const none = { waiting: 0, active: 0, delayed: 0, completed: 0, failed: 0, cancelled: 0, total: 0 }
    expect(await countJobs(['idle'], at)).toEqual({
      f: { waiting: 1, active: 3, delayed: 2, completed: 1, failed: 1, cancelled: 1, total: 9 },
      g: { ...none, delayed: 1, total: 1 },
      idle: none,
    })
    expect(await countJobs([], later)).toMatchObject({ f: { waiting: 2, delayed: 1 }, g: { waiting: 1, delayed: 0 } })
  })
})
