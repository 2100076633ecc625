import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { listRuns, type RunFilter } from '@/lib/runs/list-runs'
import { ownApp } from '../../support/app'

ownApp()

const at = new Date('2026-01-02T00:00:00Z')
const idOf = (n: number) => `run-${String(n).padStart(3, '0')}`

/** Runs of one record, each a second after the one before; every third has failed. */
async function makeRuns(record: string, count: number, from = 0): Promise<void> {
  const runs = Array.from({ length: count }, (_, i) => {
    const n = from + i
    const queuedAt = new Date(at.getTime() - 3_600_000 + n * 1_000)
    const status = n % 3 === 0 ? ('failed' as const) : ('completed' as const)
    const event = { eventId: `event-${n}`, eventName: 'order/placed', events: [] }
    return {
      id: idOf(n),
      functionId: 'process-order',
      status,
      ...event,
      record,
      queuedAt,
      calledAt: queuedAt,
      endedAt: at,
    }
  })
  await db().run.createMany({ data: runs })
}

async function allPages(filter: RunFilter): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await listRuns({ isOperator: true }, { ...filter, cursor }, at)
    ids.push(...page.runs.map(({ id }) => id))
    if (!page.nextCursor) return ids
    cursor = page.nextCursor
  }
}

describe('a search of the run ledger', () => {
  it('finds a run by its id, its event, its record, and its record’s id alone', async () => {
    await makeRuns('order/1042', 1)
    await makeRuns('order/7', 1, 1)
    for (const search of [idOf(0), 'event-0', 'order/1042', '1042'])
      expect(await allPages({ search })).toEqual([idOf(0)])
  })

  it('turns the pages of a record that has many runs, each run once and the newest first', async () => {
    await makeRuns('order/1042', 120)
    await makeRuns('order/7', 5, 120)
    const newestFirst = Array.from({ length: 120 }, (_, i) => idOf(119 - i))
    expect(await allPages({ search: 'order/1042' })).toEqual(newestFirst)
    expect(await allPages({ search: '1042', status: 'failed' })).toEqual(
      newestFirst.filter((_, i) => (119 - i) % 3 === 0),
    )
  })
})
