import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { publish } from '@/lib/outbox/publish'
import { countRefusedEvents, discardEvent, listRefusedEvents, sendEventAgain } from '@/lib/outbox/refused-events'
import { drainOutbox, type OutgoingEvent, SendRefusedError, startRelay } from '@/lib/outbox/relay'
import { ownApp } from '../../support/app'
import { operator } from '../../support/factories'

ownApp()

const drain = () => drainOutbox({ withinMs: 5_000 })

/** A server that refuses the event `bad` until it is mended. */
async function refused() {
  const received: string[] = []
  const server = { refuses: true }
  const send = async (events: OutgoingEvent[]) => {
    if (server.refuses && events.some(({ id }) => id === 'bad')) throw new SendRefusedError('413 it is too large')
    received.push(...events.map(({ id }) => id))
    return events.map(({ id }) => `server-${id}`)
  }
  startRelay({ send })
  const data = { userId: 'u', email: 'u@example.com' }
  await db().$transaction(async (tx) => {
    for (const id of ['good', 'bad']) await publish(tx, { name: 'user/created', id, data })
  })
  await drain()
  return { olga: await operator(), received, server }
}

const acts = () => db().auditEntry.findMany({ select: { act: true, subject: true, details: true } })

describe('an event that the server has refused', () => {
  it('is listed with its reason', async () => {
    const { olga, received } = await refused()
    expect(received).toEqual(['good'])
    expect(await countRefusedEvents(olga)).toBe(1)
    expect(await listRefusedEvents(olga)).toMatchObject([
      { id: 'bad', name: 'user/created', reason: '413 it is too large' },
    ])
  })

  it('is sent again when an operator says so, once', async () => {
    const { olga, received, server } = await refused()
    server.refuses = false
    expect(await sendEventAgain(olga, 'bad', new Date())).toEqual({ ok: true })
    expect(await sendEventAgain(olga, 'bad', new Date())).toMatchObject({ ok: false })
    await drain()
    expect(received).toEqual(['good', 'bad'])
    expect(await countRefusedEvents(olga)).toBe(0)
    expect(await acts()).toMatchObject([{ act: 'send event again', subject: 'event/bad' }])
  })

  it('is back where the server refuses it once more', async () => {
    const { olga } = await refused()
    await sendEventAgain(olga, 'bad', new Date())
    await drain()
    expect(await listRefusedEvents(olga)).toMatchObject([{ id: 'bad', attempts: 2 }])
  })

  it('can be discarded with a reason, and the audit list keeps what it held', async () => {
    const { olga, received } = await refused()
    expect(await discardEvent(olga, 'bad', '  ')).toMatchObject({ ok: false, fields: { reason: expect.any(String) } })
    expect(await discardEvent(olga, 'bad', 'x'.repeat(501))).toMatchObject({ ok: false })
    expect(await discardEvent(olga, 'bad', '\0')).toMatchObject({ ok: false })
    expect(await discardEvent(olga, 'bad', 'nobody needs it')).toEqual({ ok: true })
    expect(await discardEvent(olga, 'bad', 'nobody needs it')).toMatchObject({ ok: false })
    await drain()
    expect(received).toEqual(['good'])
    expect(await acts()).toMatchObject([
      { act: 'discard event', details: { name: 'user/created', data: { userId: 'u' }, reason: 'nobody needs it' } },
    ])
  })

  it('is the only one that can be sent again or discarded', async () => {
    const { olga } = await refused()
    expect(await discardEvent(olga, 'good', 'of no use')).toMatchObject({ ok: false })
    expect(await sendEventAgain(olga, 'good', new Date())).toMatchObject({ ok: false })
    expect(await db().outboxEvent.findUnique({ where: { id: 'good' } })).toMatchObject({ status: 'sent' })
  })
})
