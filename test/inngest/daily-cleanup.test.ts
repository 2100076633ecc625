import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { retentionKinds } from '@/lib/retention/remove-old'
import { ownProduct } from '../support/product'
import { workOf } from '../support/work'

const product = ownProduct({ schedules: ['daily-cleanup'] })
const { settle, runsOf } = workOf(product)
const DAY_MS = 24 * 3_600_000

describe('the daily cleanup', () => {
  it('comes at two in the morning in New York, and tells what it has removed', async () => {
    const then = new Date(Date.now() - 40 * DAY_MS)
    const told = { type: 't', objectId: 'o', receivedAt: then, appliedAt: then }
    await db().webhookEvent.createMany({ data: ['a', 'b'].map((id) => ({ ...told, id })) })
    await settle('24h')
    const [run] = await runsOf('daily-cleanup')
    const removed = { ...Object.fromEntries(retentionKinds.map((kind) => [kind, 0])), 'webhook-events': 2 }
    expect(run).toMatchObject({ status: 'completed', output: { removed, total: 2 } })
    const hour = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hour: 'numeric', hourCycle: 'h23' })
    expect(await db().webhookEvent.count()).toBe(0)
    const slots = await db().scheduleSlot.findMany({ where: { scheduleId: 'daily-cleanup' } })
    expect(slots).toMatchObject([{ status: 'done', outcome: '2 removed' }])
    expect(slots.map(({ slot }) => hour.format(slot))).toEqual(['02'])
  })
})
