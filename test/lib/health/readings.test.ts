import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { db, type Prisma } from '@/lib/db'
import { silenceLimits } from '@/lib/health/checks/runs'
import { listLingeringOrders } from '@/lib/orders/list-lingering-orders'
import { listSilentRuns } from '@/lib/runs/list-silent-runs'
import { addOrder, openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()

const AT = new Date('2026-03-01T12:00:00Z')
const ago = (minutes: number) => new Date(AT.getTime() - minutes * 60_000)

async function addRun(functionId: string, change: Partial<Prisma.RunCreateManyInput>): Promise<void> {
  const [id, instants] = [randomUUID(), { queuedAt: ago(1), calledAt: ago(1) }]
  const event = { eventId: id, eventName: 'test/any', events: [] }
  await db().run.create({ data: { id, functionId, status: 'running', ...event, ...instants, ...change } })
}

describe('silent runs', () => {
  it('are those beyond the limit of what they stand at, by function', async () => {
    await addRun('called', { calledAt: ago(59) })
    await addRun('called', { calledAt: ago(61) })
    await addRun('called', { calledAt: ago(90) })
    await addRun('called', { calledAt: ago(900), status: 'completed', endedAt: ago(900) })
    await addRun('queued', { status: 'queued', queuedAt: ago(119) })
    await addRun('late-queued', { status: 'queued', queuedAt: ago(121) })
    await addRun('asleep', { status: 'sleeping', until: ago(-60), calledAt: ago(9_000) })
    await addRun('overslept', { status: 'sleeping', until: ago(31), calledAt: ago(9_000) })
    await addRun('waits', { status: 'waiting', until: null, calledAt: ago(9_000) })
    const awaited = { eventName: 'test/any', serverEventId: 's', lookUpAt: AT }
    await db().awaitedRun.createMany({
      data: [
        { ...awaited, eventId: 'a', functionId: 'unseen', dueAt: ago(121) },
        { ...awaited, eventId: 'b', functionId: 'future', dueAt: ago(-600) },
      ],
    })
    expect(await listSilentRuns(silenceLimits(AT))).toEqual([
      { functionId: 'called', amount: 2, since: ago(90) },
      { functionId: 'late-queued', amount: 1, since: ago(121) },
      { functionId: 'overslept', amount: 1, since: ago(31) },
      { functionId: 'unseen', amount: 1, since: ago(121) },
    ])
  })
})

describe('lingering orders', () => {
  it('are those that were placed, and those whose end was decided on, with what is under way for them', async () => {
    const actor = await openShop()
    const order = async (data: Prisma.OrderUncheckedUpdateInput) => {
      const id = await addOrder(actor)
      const old = { createdAt: ago(300), providerCustomerId: 'cus_1', providerCardId: 'pm_1' }
      await db().order.update({ where: { id }, data: { ...old, status: 'placed', placedAt: ago(300) } })
      await db().order.update({ where: { id }, data })
      return id
    }
    const placed = await order({})
    const young = await order({ placedAt: ago(10) })
    const refunding = await order({ status: 'confirmed', confirmedAt: ago(290) })
    await db().order.update({ where: { id: refunding }, data: { endingAs: 'refunded' } })
    const confirmed = await order({ status: 'confirmed', confirmedAt: ago(290) })
    await addRun('settle-order', { record: `order/${refunding}`, queuedAt: ago(20) })
    await db().outboxEvent.create({
      data: { id: `order-settlement/${refunding}/refunded`, name: 'test/any', data: {}, createdAt: ago(21) },
    })
    const found = await listLingeringOrders(ago(180))
    const none = { askedAt: null, settlingSince: null }
    expect(found.sort((a, b) => a.since.getTime() - b.since.getTime())).toEqual([
      { ...none, id: placed, endingAs: null, since: ago(300) },
      { id: refunding, endingAs: 'refunded', since: ago(290), askedAt: ago(21), settlingSince: ago(20) },
    ])
    expect([young, confirmed]).not.toContain(found[0]?.id)
  })
})
