import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { publish } from '@/lib/outbox/publish'
import { drainOutbox, type OutgoingEvent, SendRefusedError, startRelay } from '@/lib/outbox/relay'
import { ownApp } from '../../support/app'

ownApp()

const welcome = (n: number) => ({
  name: 'user/created' as const,
  id: `u${n}`,
  data: { userId: `u${n}`, email: `u${n}@example.com` },
})
const publishMany = (count: number) =>
  db().$transaction(async (tx) => {
    for (let n = 0; n < count; n++) await publish(tx, welcome(n))
  })

/** A server in memory that answers as it is told to. */
function server(answer: (events: OutgoingEvent[]) => void = () => {}) {
  const received: OutgoingEvent[][] = []
  const send = async (events: OutgoingEvent[]) => {
    answer(events)
    received.push(events)
    return events.map(({ id }) => `server-${id}`)
  }
  return { send, received, ids: () => received.flat().map(({ id }) => id) }
}

const drain = () => drainOutbox({ withinMs: 5_000 })

describe('the outbox', () => {
  it('sends what was published, and keeps the server’s own id', async () => {
    const { send, received } = server()
    startRelay({ send })
    await publishMany(3)
    expect(await drain()).toBe(true)
    expect(received.flat()).toHaveLength(3)
    expect(await db().outboxEvent.findUnique({ where: { id: 'u1' } })).toMatchObject({
      status: 'sent',
      serverEventId: 'server-u1',
      leasedBy: null,
    })
  })

  it('sends nothing of a transaction that was rolled back', async () => {
    const { send, ids } = server()
    startRelay({ send })
    const rolledBack = db().$transaction(async (tx) => {
      await publish(tx, welcome(1))
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    await drain()
    expect(ids()).toEqual([])
  })

  it('refuses an event that does not fit its schema, and writes nothing', async () => {
    const wrong = { name: 'user/created' as const, data: { userId: '', email: 'x' } }
    await expect(db().$transaction((tx) => publish(tx, wrong))).rejects.toThrow()
    expect(await db().outboxEvent.count()).toBe(0)
  })

  it('takes an id twice as one event', async () => {
    await db().$transaction((tx) => publish(tx, welcome(1)))
    await db().$transaction((tx) => publish(tx, welcome(1)))
    expect(await db().outboxEvent.count()).toBe(1)
  })

  it('gives a future event its future time', async () => {
    const { send, received } = server()
    startRelay({ send })
    const deliverAt = new Date('2030-01-01T00:00:00Z')
    await db().$transaction((tx) => publish(tx, { ...welcome(1), deliverAt }))
    await drain()
    expect(received.flat()).toMatchObject([{ id: 'u1', ts: deliverAt.getTime() }])
  })

  it('sends again, with the same id, what a crash has left between send and mark', async () => {
    const { send, ids } = server()
    await publishMany(1)
    await db().outboxEvent.updateMany({
      data: { leasedBy: 'dead', leasedUntil: new Date(Date.now() - 1), attempts: 1 },
    })
    startRelay({ send })
    await drain()
    expect(ids()).toEqual(['u0'])
  })

  it('leaves alone what another relay is sending', async () => {
    const { send, ids } = server()
    await publishMany(1)
    await db().outboxEvent.updateMany({ data: { leasedBy: 'other', leasedUntil: new Date(Date.now() + 10_000) } })
    startRelay({ send })
    await drain()
    expect(ids()).toEqual([])
  })

  it('halves a refused batch until the event at fault stands alone, and parks that one', async () => {
    const { send, ids } = server((events) => {
      if (events.some(({ id }) => id === 'u13')) throw new SendRefusedError('name is reserved')
    })
    startRelay({ send })
    await publishMany(40)
    expect(await drain()).toBe(true)
    expect(ids()).toHaveLength(39)
    expect(await db().outboxEvent.findMany({ where: { status: 'parked' } })).toMatchObject([
      { id: 'u13', lastError: 'name is reserved' },
    ])
  })

  it('tries again later, with growing waits, when the server is away', async () => {
    const { send } = server(() => {
      throw new Error('connect ECONNREFUSED')
    })
    startRelay({ send })
    await publishMany(2)
    expect(await drain()).toBe(false)
    const [event] = await db().outboxEvent.findMany()
    expect(event).toMatchObject({ status: 'pending', attempts: 1, lastError: 'connect ECONNREFUSED', leasedBy: null })
    expect(event?.nextTryAt.getTime()).toBeGreaterThan(Date.now())
  })

  it('gives up waiting at the limit, and still sends', async () => {
    let open = () => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    const { send, ids } = server()
    startRelay({
      send: async (events) => {
        await opened
        return send(events)
      },
    })
    await publishMany(1)
    expect(await drainOutbox({ withinMs: 50 })).toBe(false)
    open()
    await expect.poll(ids).toEqual(['u0'])
  })

  it('has sent all that was published before a drain that ended in time, though a pass was under way', async () => {
    const { send, ids } = server()
    startRelay({ send })
    const rounds = Array.from({ length: 20 }, async (_, n) => {
      await db().$transaction((tx) => publish(tx, welcome(n)))
      expect(await drain()).toBe(true)
      expect(ids()).toContain(`u${n}`)
    })
    await Promise.all(rounds)
    expect(new Set(ids()).size).toBe(20)
    expect(ids()).toHaveLength(20)
  })
})
