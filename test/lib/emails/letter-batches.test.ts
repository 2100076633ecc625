import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { freezeLetters } from '@/lib/emails/freeze-letters'
import { sendLetter } from '@/lib/emails/send-letter'
import { sendLetterBatch } from '@/lib/emails/send-letter-batch'
import { ownApp } from '../../support/app'

const app = ownApp()

const order = (n: number, to = `reader-${n}@example.com`) => ({
  ...{ key: `report/a/${n}`, to, template: 'welcome' as const },
  data: { name: `Reader ${n}`, shopName: 'Corner Shop', dashboardUrl: 'http://localhost:3000/dashboard' },
})
const orders = (count: number) => Array.from({ length: count }, (_, n) => order(n))
const freeze = (list: ReturnType<typeof orders>) => db().$transaction((tx) => freezeLetters(tx, list))
const batchIds = async () => (await db().letterBatch.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)
const only = async () => (await batchIds())[0] ?? ''
const fault = (body: object) =>
  fetch(`${app.mail().url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(body) })
const arrived = () => app.mail().letters()

describe('many letters', () => {
  it('go out a hundred in a call, each to its own reader', async () => {
    expect(await freeze(orders(250))).toBe(250)
    const ids = await batchIds()
    for (const id of ids) await sendLetterBatch(id)
    expect(new Set(arrived().map(({ key }) => key))).toEqual(new Set(ids))
    expect(ids).toHaveLength(3)
    expect(new Set(arrived().map(({ letter }) => letter.to[0]))).toEqual(new Set(orders(250).map(({ to }) => to)))
    for (const { letter } of arrived()) expect(letter.html).toContain(letter.to[0]?.match(/\d+/)?.[0])
    expect(await db().letter.count({ where: { status: 'sent', providerId: { not: null } } })).toBe(250)
  })

  it('are each in one batch, whoever freezes them again', async () => {
    await freeze(orders(3))
    expect(await freeze(orders(5))).toBe(2)
    expect(await freeze(orders(5))).toBe(0)
    const ids = await batchIds()
    expect(ids).toHaveLength(2)
    expect(await db().outboxEvent.count({ where: { name: 'letters/batch-frozen' } })).toBe(2)
    for (const id of ids) await sendLetterBatch(id)
    expect(arrived()).toHaveLength(5)
  })

  it('are frozen all or none', async () => {
    const broken = { ...order(1), data: { name: 'Nobody' } } as never
    await expect(freeze([order(0), broken])).rejects.toThrow()
    expect([await db().letter.count(), await db().letterBatch.count()]).toEqual([0, 0])
  })
})

describe('a batch', () => {
  it('goes out once, though its answer was lost and it is asked for again', async () => {
    await freeze(orders(10))
    await fault({ kind: 'lose-answer' })
    await expect(sendLetterBatch(await only())).rejects.toThrow()
    expect(await sendLetterBatch(await only())).toEqual({ sent: 10 })
    expect(await sendLetterBatch(await only())).toEqual({ sent: 10 })
    expect(arrived()).toHaveLength(10)
  })

  it('goes out once when two send it at the same time', async () => {
    await freeze(orders(10))
    const id = await only()
    await Promise.allSettled([sendLetterBatch(id), sendLetterBatch(id), sendLetterBatch(id)])
    await sendLetterBatch(id)
    expect(arrived()).toHaveLength(10)
  })

  it('that is refused for one bad address is taken apart, and each letter goes by itself', async () => {
    await freeze([order(0), order(1, 'nobody@refused.test'), order(2)])
    expect(await sendLetterBatch(await only())).toEqual({ apart: 3 })
    expect(await sendLetterBatch(await only())).toEqual({ apart: 3 })
    const asked = await db().outboxEvent.findMany({ where: { name: 'email/requested' } })
    expect(asked).toHaveLength(3)
    for (const { data } of asked) await sendLetter(data as never).catch(() => undefined)
    expect(
      arrived()
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['report/a/0', 'report/a/2'])
    expect(await db().letter.findUnique({ where: { key: 'report/a/1' } })).toMatchObject({ status: 'failed' })
  })

  it('waits where the provider asks for it', async () => {
    await freeze(orders(2))
    await fault({ kind: 'refuse', status: 429, name: 'rate_limit_exceeded', retryAfterSeconds: 1 })
    await expect(sendLetterBatch(await only())).rejects.toMatchObject({ name: 'RetryAfterError' })
    expect(await sendLetterBatch(await only())).toEqual({ sent: 2 })
  })

  it('is left to an operator when nobody can know any more whether it went out', async () => {
    await freeze(orders(2))
    await fault({ kind: 'lose-answer' })
    await expect(sendLetterBatch(await only())).rejects.toThrow()
    await db().letterBatch.updateMany({ data: { firstTryAt: new Date(Date.now() - 21 * 3_600_000) } })
    await expect(sendLetterBatch(await only())).rejects.toThrow(/not known/)
    expect(await db().letter.count({ where: { status: 'unknown' } })).toBe(2)
  })

  it('that is gone is none', async () => {
    expect(await sendLetterBatch('gone')).toEqual({ sent: 0 })
  })
})
