import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import type { Prisma } from '@/lib/db/generated/client'
import { removeOld, retentionKinds } from '@/lib/retention/remove-old'
import { storage } from '@/lib/storage'
import { ownApp } from '../../support/app'
import { placedOrder } from '../../support/orders'
import { inParts, storedKeys } from '../../support/pictures'
import { addProduct, openShop } from '../../support/shop'

const app = ownApp()
const HOUR = 3_600_000
const DAY = 24 * HOUR
const at = new Date('2026-11-25T07:00:00Z')
const ago = (ms: number) => new Date(at.getTime() - ms)

beforeEach(() => app.setEnv({ KEEP_COMPLETED_RUNS: '2', KEEP_FAILED_RUNS: '3' }))

const remove = (kind: string, change = {}) => removeOld(kind, { at, realAt: at }, change)

/** A run that was queued and has ended so long ago. */
function run(id: string, agoMs: number, change: Partial<Prisma.RunCreateManyInput> = {}): Prisma.RunCreateManyInput {
  const then = ago(agoMs)
  return {
    ...{ id, functionId: 'f', status: 'completed', eventId: id, eventName: 'e', events: [] },
    ...{ queuedAt: then, calledAt: then, endedAt: then, ...change },
  }
}
const runs = async (...rows: Prisma.RunCreateManyInput[]) => db().run.createMany({ data: rows })
const runIds = async () => (await db().run.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)

async function deadLetter(runId: string, status: 'open' | 'replaying' | 'replayed' | 'discarded', closedAgoMs = 0) {
  const group = { id: randomUUID(), functionId: 'f', errorName: 'Error', cause: runId }
  const then = ago(closedAgoMs)
  await db().deadLetterGroup.create({ data: { ...group, alertedAt: then, firstAt: then, lastAt: then } })
  const isClosed = status === 'replayed' || status === 'discarded'
  const closed = { ...(isClosed ? { closedAt: then } : {}), ...(status === 'discarded' ? { discardReason: 'no' } : {}) }
  const row = { id: runId, runId, groupId: group.id, functionId: 'f', status, ...closed }
  await db().deadLetter.create({ data: { ...row, events: [], error: {}, attempts: 1, failedAt: then } })
}

describe('completed runs', () => {
  it('are kept for a day, and the latest of each function however old', async () => {
    await runs(
      ...['a1', 'a2', 'a3', 'a4'].map((id, n) => run(id, (9 - n) * DAY)),
      ...['b1', 'b2', 'b3', 'b4'].map((id, n) => run(id, (4 - n) * HOUR, { functionId: 'g' })),
      run('c1', 9 * DAY, { functionId: 'h', status: 'cancelled' }),
    )
    expect(await remove('completed-runs')).toEqual({ removed: 2, isDone: true })
    expect(await runIds()).toEqual(['a3', 'a4', 'b1', 'b2', 'b3', 'b4', 'c1'])
  })

  it('take their steps and lines with them, and are no longer counted', async () => {
    await runs(...['a1', 'a2', 'a3'].map((id, n) => run(id, (9 - n) * DAY)))
    const step = { id: 's', name: 's', kind: 'run', status: 'completed' as const, foundAt: at, endedAt: at }
    await db().runStep.createMany({ data: [{ ...step, runId: 'a1' }] })
    await db().runLine.createMany({ data: [{ runId: 'a1', at, text: 'done' }] })
    await remove('completed-runs')
    expect([await db().runStep.count(), await db().runLine.count()]).toEqual([0, 0])
    const counted = await db().runCount.aggregate({ _sum: { amount: true } })
    expect(counted._sum.amount).toBe(2)
  })

  it('stay while they are open, or are what an open run has invoked', async () => {
    app.setEnv({ KEEP_COMPLETED_RUNS: '0' })
    await runs(
      run('parent', 9 * DAY, { status: 'waiting', endedAt: null }),
      run('child', 9 * DAY, { functionId: 'g', parentRunId: 'parent' }),
      run('orphan', 9 * DAY, { functionId: 'g', parentRunId: 'gone' }),
    )
    await remove('completed-runs')
    expect(await runIds()).toEqual(['child', 'parent'])
  })

  it('go in small batches, and a pass says when there are more', async () => {
    await runs(...Array.from({ length: 12 }, (_, n) => run(`r${n}`, 9 * DAY + n)))
    expect(await remove('completed-runs', { batch: 3, mostBatches: 2 })).toEqual({ removed: 6, isDone: false })
    expect(await remove('completed-runs', { batch: 3, mostBatches: 9 })).toEqual({ removed: 4, isDone: true })
  })

  it('are removed by two at once without a quarrel', async () => {
    await runs(...Array.from({ length: 200 }, (_, n) => run(`r${n}`, 9 * DAY + n)))
    const both = await Promise.all([1, 2].map(() => remove('completed-runs', { batch: 7 })))
    expect(both.reduce((sum, { removed }) => sum + removed, 0)).toBe(198)
  })
})

describe('failed runs', () => {
  it('are kept by number, and for as long as there is a dead letter of them', async () => {
    await runs(...[1, 2, 3, 4, 5, 6].map((n) => run(`f${n}`, (9 - n) * DAY, { status: 'failed' })))
    await deadLetter('f1', 'open')
    expect(await remove('failed-runs')).toMatchObject({ removed: 2 })
    expect(await runIds()).toEqual(['f1', 'f4', 'f5', 'f6'])
  })
})

describe('dead letters', () => {
  it('go when they were closed long ago, with their replays and groups, and never while they are open', async () => {
    await deadLetter('open', 'open', 400 * DAY)
    await deadLetter('young', 'discarded', 3 * DAY)
    await deadLetter('old', 'discarded', 100 * DAY)
    await deadLetter('replayed', 'replayed', 100 * DAY)
    const replay = { id: 'r', deadLetterId: 'replayed', requestedBy: 'u', requestedAt: at }
    await db().replay.create({ data: { ...replay, endedAt: at, failedAgain: false } })
    expect(await remove('dead-letters')).toMatchObject({ removed: 2 })
    expect(await remove('dead-letter-groups')).toMatchObject({ removed: 2 })
    const left = await db().deadLetter.findMany({ orderBy: { id: 'asc' } })
    expect(left.map(({ id }) => id)).toEqual(['open', 'young'])
    expect(await db().deadLetterGroup.count()).toBe(2)
  })

  it('stay while what has failed again because of them is open', async () => {
    await deadLetter('first', 'replayed', 100 * DAY)
    const replay = { id: 'r', deadLetterId: 'first', requestedBy: 'u', requestedAt: at }
    await db().replay.create({ data: { ...replay, endedAt: at, failedAgain: true } })
    await deadLetter('second', 'open')
    await db().deadLetter.update({ where: { id: 'second' }, data: { fromReplayId: 'r' } })
    expect(await remove('dead-letters')).toMatchObject({ removed: 0 })
  })
})

describe('letters', () => {
  const letter = (key: string, change: Partial<Prisma.LetterCreateManyInput> = {}) => ({
    ...{ id: randomUUID(), key, to: 'a@example.com', subject: 'S', template: 'welcome', data: {} },
    ...{ status: 'sent' as const, sentAt: ago(100 * DAY), createdAt: ago(100 * DAY), ...change },
  })
  const keys = async () => (await db().letter.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key)

  it('go when they are old and decided', async () => {
    await db().letter.createMany({
      data: [
        letter('welcome/old'),
        letter('welcome/refused', { status: 'failed', sentAt: null }),
        letter('welcome/young', { createdAt: ago(DAY) }),
        letter('welcome/unknown', { status: 'unknown', sentAt: null }),
        letter('welcome/sending', { status: 'sending', sentAt: null }),
      ],
    })
    expect(await remove('letters')).toMatchObject({ removed: 2 })
    expect(await keys()).toEqual(['welcome/sending', 'welcome/unknown', 'welcome/young'])
  })

  it('stay while their order is open, or a run or a dead letter works for what they name', async () => {
    const actor = await openShop()
    const productId = await addProduct(actor)
    const orderId = await placedOrder(actor, [{ productId, quantity: 1 }])
    await runs(
      run('open', 99 * DAY, { record: 'user/asleep', status: 'sleeping', endedAt: null }),
      run('dead', 99 * DAY, { record: 'user/dead', status: 'failed' }),
      run('closed', 99 * DAY, { record: 'user/closed', status: 'failed' }),
      run('by-key', 99 * DAY, { record: 'letter/a/b/c', status: 'retrying', endedAt: null }),
    )
    await deadLetter('dead', 'open')
    await deadLetter('closed', 'discarded')
    const open = [`order/${orderId}/confirmation`, 'welcome/asleep', 'welcome/dead', 'a/b/c']
    await db().letter.createMany({ data: [...open, 'welcome/closed', 'order/gone/confirmation'].map((k) => letter(k)) })
    expect(await remove('letters')).toMatchObject({ removed: 2 })
    expect(await keys()).toEqual([...open].sort())
  })
})

describe('what was told and written down', () => {
  it('outbox events go once they were sent, are past their instant, and no run of them is awaited', async () => {
    const event = (id: string, change = {}) => ({
      ...{ id, name: 'e', data: {}, status: 'sent' as const, createdAt: ago(9 * DAY), nextTryAt: ago(9 * DAY) },
      ...{ sentAt: ago(9 * DAY), ...change },
    })
    await db().outboxEvent.createMany({
      data: [
        event('old'),
        event('pending', { status: 'pending', sentAt: null }),
        event('parked', { status: 'parked', sentAt: null }),
        event('young', { sentAt: ago(DAY) }),
        event('ahead', { deliverAt: ago(-DAY) }),
        event('awaited'),
      ],
    })
    const awaited = { eventId: 'awaited', functionId: 'f', eventName: 'e', serverEventId: 's' }
    await db().awaitedRun.create({ data: { ...awaited, dueAt: at, lookUpAt: at } })
    expect(await remove('outbox-events')).toMatchObject({ removed: 1 })
    expect(await db().outboxEvent.findUnique({ where: { id: 'old' } })).toBeNull()
  })

  it('webhook events go once they were applied', async () => {
    const told = (id: string, receivedAgo: number, appliedAt: Date | null = at) => ({
      ...{ id, type: 't', objectId: 'o', receivedAt: ago(receivedAgo), appliedAt },
    })
    await db().webhookEvent.createMany({ data: [told('a', 40 * DAY), told('b', 40 * DAY, null), told('c', DAY)] })
    expect(await remove('webhook-events')).toMatchObject({ removed: 1 })
    expect((await db().webhookEvent.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)).toEqual(['b', 'c'])
  })

  it('bad rows go when their import has ended long ago; the import stays', async () => {
    const { account } = await openShop()
    const row = {
      accountId: account.id,
      fileName: 'f',
      bytes: 1,
      sha256: 'x',
      isDryRun: false,
      createdAt: ago(99 * DAY),
    }
    for (const [id, endedAgo] of Object.entries({ old: 98 * DAY, young: DAY }))
      await db().productImport.create({
        data: {
          ...{
            ...row,
            id,
            status: 'completed',
            startedAt: ago(98 * DAY),
            endedAt: ago(endedAgo),
            bad: 1,
            rowsRead: 1,
            lastRow: 2,
          },
          rejects: { create: { rowNumber: 2, field: 'price', reason: 'r', text: 't' } },
        },
      })
    expect(await remove('import-rejects')).toMatchObject({ removed: 1 })
    expect(await db().productImportReject.findMany()).toMatchObject([{ importId: 'young' }])
    expect(await db().productImport.count()).toBe(2)
  })

  it('sessions, links and counters go when they have expired', async () => {
    const { userId } = await openShop()
    const session = (id: string, expiresAt: Date) => ({ id, token: id, userId, expiresAt, updatedAt: at })
    await db().session.createMany({ data: [session('old', ago(1)), session('good', ago(-DAY))] })
    const link = (id: string, expiresAt: Date) => ({ id, purpose: 'verifyEmail' as const, userId, expiresAt })
    await db().secretLink.createMany({ data: [link('old', ago(8 * DAY)), link('late', ago(DAY))] })
    await db().rateLimiterFlexible.createMany({
      data: [
        { key: 'old', points: 1, expire: ago(1) },
        { key: 'good', points: 1, expire: ago(-1_000) },
      ],
    })
    for (const kind of ['sessions', 'secret-links', 'limit-counters'])
      expect(await remove(kind), kind).toMatchObject({ removed: 1 })
  })

  it('slots go after some weeks, but for the last one of each schedule and account', async () => {
    const slot = (scheduleId: string, scope: string, daysAgo: number) => ({
      ...{ scheduleId, scope, slot: ago(daysAgo * DAY), status: 'done' as const, decidedAt: at, lateMs: 0n },
    })
    await db().scheduleSlot.createMany({
      data: [
        slot('a', 'global', 100),
        slot('a', 'global', 99),
        slot('b', 'x', 99),
        slot('b', 'x', 1),
        slot('b', 'y', 99),
      ],
    })
    expect(await remove('schedule-slots')).toMatchObject({ removed: 2 })
    const left = await db().scheduleSlot.findMany({ orderBy: [{ scheduleId: 'asc' }, { scope: 'asc' }] })
    expect(left.map(({ scheduleId, scope }) => scheduleId + scope)).toEqual(['aglobal', 'bx', 'by'])
  })

  it('the audit list, incidents and discrepancies go after a year, open ones never', async () => {
    const entry = { actorId: 'u', actorEmail: 'e', act: 'pause', subject: 's', details: {} }
    await db().auditEntry.createMany({ data: [ago(400 * DAY), ago(300 * DAY)].map((when) => ({ ...entry, at: when })) })
    const incident = (id: string, closedAt: Date | null) => ({
      ...{ id, kind: 'k', subject: id, message: 'm', openedAt: ago(500 * DAY), closedAt },
    })
    await db().incident.createMany({ data: [incident('a', ago(400 * DAY)), incident('b', null)] })
    const found = (id: string, closedAt: Date | null) => ({
      ...{ id, key: id, kind: 'unknownCharge' as const, providerIntentId: id, currency: 'USD', theirsMinor: 1 },
      ...{ oursMinor: 0, foundAt: ago(500 * DAY), closedAt, note: closedAt ? 'n' : null },
    })
    await db().paymentDiscrepancy.createMany({ data: [found('a', ago(400 * DAY)), found('b', null)] })
    for (const kind of ['audit-entries', 'incidents', 'payment-discrepancies'])
      expect(await remove(kind), kind).toMatchObject({ removed: 1 })
  })
})

it('what uploads have left behind goes: a picture that nobody asked for, an import given up, an orphan’s file', async () => {
  const owner = await openShop()
  const row = { accountId: owner.account.id, createdAt: ago(9 * DAY) }
  await db().productImage.create({
    data: {
      ...row,
      ...{ id: 'unasked', productId: await addProduct(owner), status: 'uploaded', position: 0, operations: ['resize'] },
      ...{ outputPath: 'images/unasked', format: 'jpeg', width: 20, height: 10, bytes: 1, sha256: '0'.repeat(64) },
    },
  })
  await storage().write('images/unasked/original', inParts(Buffer.from('a')))
  await storage().write('images/orphan/original', inParts(Buffer.from('b')))
  await db().productImport.create({
    data: { ...row, id: 'given-up', fileName: 'a.csv', bytes: 1, sha256: '0'.repeat(64), isDryRun: false },
  })
  // Files are aged by the machine's own time.
  const later = { at: new Date(Date.now() + 2 * DAY), realAt: new Date(Date.now() + 2 * DAY) }
  expect(await removeOld('picture-leftovers', later)).toEqual({ removed: 2, isDone: true })
  expect(await removeOld('import-leftovers', later)).toEqual({ removed: 1, isDone: true })
  expect(await db().productImage.count()).toBe(0)
  expect(await db().productImport.findMany()).toMatchObject([{ status: 'failed' }])
  expect(await storedKeys()).toEqual([])
})

it('every kind finds nothing in an empty house', async () => {
  for (const kind of retentionKinds) expect(await remove(kind), kind).toEqual({ removed: 0, isDone: true })
})
