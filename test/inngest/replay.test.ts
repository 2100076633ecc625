import { beforeEach, describe, expect, it } from 'vitest'
import { listActs } from '@/lib/audit/list-acts'
import { db } from '@/lib/db'
import { discardDeadLetter } from '@/lib/dead-letters/discard-dead-letter'
import { recordDeadLetter } from '@/lib/dead-letters/record-dead-letter'
import { replayDeadLetter, replayGroup } from '@/lib/dead-letters/replay-dead-letters'
import { stopRelay } from '@/lib/outbox/relay'
import { cancelRun } from '@/lib/runs/cancel-run'
import { findRun } from '@/lib/runs/get-run'
import { brokenFunctions, fate } from '../support/broken-functions'
import { operator } from '../support/factories'
import { ownProduct } from '../support/product'
import { workOf } from '../support/work'

const product = ownProduct({ functions: brokenFunctions })
const { settle, deadLetter, view, letters, runsOf } = workOf(product)
let olga: Awaited<ReturnType<typeof operator>>

beforeEach(async () => {
  fate.isBroken = true
  fate.done = []
  olga = await operator()
})

describe('a replay', () => {
  it('does the work again as it was, and old and new run lead to each other', async () => {
    const letter = await deadLetter()
    fate.isBroken = false
    expect(await replayDeadLetter(olga, letter.id)).toEqual({ ok: true, replays: 1 })
    expect(await view(letter.id)).toMatchObject({ letter: { status: 'replaying', closedAt: null } })
    await settle()
    expect(fate.done).toEqual([expect.objectContaining({ orderId: '1042' })])
    const { letter: after, replays } = await view(letter.id)
    expect(after).toMatchObject({ status: 'replayed', closedAt: expect.any(Date) })
    const [, newRun] = await runsOf('fail-code')
    expect(replays).toMatchObject([
      { requestedBy: olga.email, failedAgain: false, newRuns: [{ id: newRun?.id, status: 'completed' }] },
    ])
    expect((await findRun(olga, letter.runId))?.deadLetter).toMatchObject({ id: letter.id, status: 'replayed' })
    expect((await findRun(olga, newRun?.id ?? ''))?.replayOf).toEqual({
      deadLetterId: letter.id,
      groupId: letter.groupId,
      runId: letter.runId,
    })
    expect(await letters()).toHaveLength(1)
  })

  it('starts the one function alone, and not whatever listens to its event', async () => {
    const letter = await deadLetter()
    fate.isBroken = false
    expect(await runsOf('also-listens')).toHaveLength(1)
    await replayDeadLetter(olga, letter.id)
    await settle()
    expect(fate.done).toHaveLength(1)
    expect(await runsOf('also-listens')).toHaveLength(1)
  })

  it('of an invoked run gives it what it was given', async () => {
    const letter = await deadLetter('test/caller', { orderId: '7' })
    fate.isBroken = false
    await replayDeadLetter(olga, letter.id)
    await settle()
    expect(fate.done).toEqual([expect.objectContaining({ orderId: '7' })])
    expect(await view(letter.id)).toMatchObject({ letter: { status: 'replayed' } })
  })

  it('of a batch does each of its events', async () => {
    const events = [1, 2, 3].map((n) => ({ name: 'test/code', data: { n } }))
    const failed = { runId: 'batched', functionId: 'fail-code', failedAt: new Date(), error: new Error('no'), events }
    const { deadLetterId } = await recordDeadLetter(failed)
    fate.isBroken = false
    await replayDeadLetter(olga, deadLetterId)
    await settle()
    expect(fate.done).toMatchObject([{ n: 1 }, { n: 2 }, { n: 3 }])
    const { letter, replays } = await view(deadLetterId)
    expect(letter.status).toBe('replayed')
    expect(replays[0]?.newRuns).toHaveLength(3)
    const edit = { data: '{}', eventNames: [] }
    expect(await replayDeadLetter(olga, deadLetterId, edit)).toMatchObject({ ok: false, message: /batch/ })
  })

  it('of a group does all that is open in it, and tells how many', async () => {
    for (const n of [1, 2, 3]) await deadLetter('test/code', { n, say: `no ${n}` })
    const [first] = await letters()
    await discardDeadLetter(olga, first?.id ?? '', 'a test order')
    fate.isBroken = false
    expect(await replayGroup(olga, first?.groupId ?? '')).toEqual({ ok: true, replays: 2 })
    await settle()
    expect(fate.done).toHaveLength(2)
    expect(fate.done).toEqual(expect.arrayContaining([2, 3].map((n) => expect.objectContaining({ n }))))
    expect((await letters()).map(({ status }) => status)).toEqual(['discarded', 'replayed', 'replayed'])
    expect(await replayGroup(olga, first?.groupId ?? '')).toMatchObject({ ok: false })
  })

  it('of a large group is asked for in one go', async () => {
    const { groupId } = await deadLetter()
    const row = { groupId, functionId: 'fail-code', events: [{ name: 'test/code', data: {} }], error: {}, attempts: 1 }
    const rows = Array.from({ length: 1_200 }, (_, n) => ({
      ...row,
      id: `l-${n}`,
      runId: `r-${n}`,
      failedAt: new Date(),
    }))
    await db().deadLetter.createMany({ data: rows })
    await stopRelay()
    expect(await replayGroup(olga, groupId)).toEqual({ ok: true, replays: 1_201 })
    expect(await db().replay.count()).toBe(1_201)
    expect(await db().auditEntry.count({ where: { act: 'replay' } })).toBe(1_201)
  })
})

describe('a replay that fails again', () => {
  it('makes a new letter that tells where it came of, and the old one is done with', async () => {
    const old = await deadLetter()
    await replayDeadLetter(olga, old.id)
    await settle('1h')
    const [first, second, ...more] = await letters()
    expect(more).toEqual([])
    expect(first).toMatchObject({ id: old.id, status: 'replayed' })
    expect(second).toMatchObject({ status: 'open', groupId: old.groupId, events: [{ data: { orderId: '1042' } }] })
    const { replays } = await view(old.id)
    expect(replays).toMatchObject([{ id: second?.fromReplayId, failedAgain: true, newRuns: [{ status: 'failed' }] }])
    expect((await view(second?.id ?? '')).cameOf).toEqual({ id: old.id, runId: old.runId })
    fate.isBroken = false
    await replayDeadLetter(olga, second?.id ?? '')
    await settle()
    expect((await letters()).map(({ status }) => status)).toEqual(['replayed', 'replayed'])
  })

  it('for want of the function opens its letter again', async () => {
    const failed = { runId: 'gone', functionId: 'no-such-function', failedAt: new Date(), error: new Error('no') }
    const { deadLetterId } = await recordDeadLetter({ ...failed, events: [{ name: 'test/x', data: {} }] })
    await replayDeadLetter(olga, deadLetterId)
    await settle()
    expect(await view(deadLetterId)).toMatchObject({
      letter: { status: 'open', closedAt: null },
      replays: [{ failedAgain: true, endedAt: expect.any(Date) }],
    })
  })

  it('because its new run was cancelled opens its letter again', async () => {
    const failed = { runId: 'asleep', functionId: 'sleep-long', failedAt: new Date(), error: new Error('no') }
    const { deadLetterId } = await recordDeadLetter({ ...failed, events: [{ name: 'test/sleep', data: {} }] })
    await replayDeadLetter(olga, deadLetterId)
    await settle('1m')
    const [asleep] = await runsOf('sleep-long')
    expect(await cancelRun(olga, asleep?.id ?? '')).toEqual({ ok: true })
    await settle()
    expect(await view(deadLetterId)).toMatchObject({ letter: { status: 'open' }, replays: [{ failedAgain: true }] })
  })
})

describe('a replay whose own run ends early', () => {
  const asleep = async () => {
    const failed = { runId: 'asleep', functionId: 'sleep-long', failedAt: new Date(), error: new Error('no') }
    const { deadLetterId } = await recordDeadLetter({ ...failed, events: [{ name: 'test/sleep', data: {} }] })
    await replayDeadLetter(olga, deadLetterId)
    return deadLetterId
  }

  it('by being cancelled opens its letter again', async () => {
    const id = await asleep()
    await settle('1m')
    const [replaying] = await runsOf('replay-dead-letter')
    expect(await cancelRun(olga, replaying?.id ?? '')).toEqual({ ok: true })
    await settle()
    expect(await view(id)).toMatchObject({ letter: { status: 'open' }, replays: [{ failedAgain: true }] })
    await settle('3h')
    expect(await view(id)).toMatchObject({ letter: { status: 'open' } })
  })

  it('before its first step opens its letter again', async () => {
    const engine = product.engine()
    engine.fault = ({ url }) => (isReplay(url) ? { status: 503, headers: {}, body: '' } : undefined)
    const id = await asleep()
    await expect.poll(() => replaysAtEngine()).toHaveLength(1)
    const [run] = await replaysAtEngine()
    await engine.fetch(`/v1/runs/${run?.id}`, { method: 'DELETE' })
    await settle()
    expect(await view(id)).toMatchObject({ letter: { status: 'open' }, replays: [{ runId: null, failedAgain: true }] })
  })

  it('by failing opens its letter again, and a replay of that failure does nothing twice', async () => {
    const engine = product.engine()
    const headers = { 'x-inngest-sdk': 'inngest-js:v4.24.0', 'x-inngest-no-retry': 'true' }
    const body = JSON.stringify({ name: 'Error', message: 'out of memory' })
    engine.fault = ({ url }) => (isReplay(url) ? { status: 400, headers, body } : undefined)
    const id = await asleep()
    await settle()
    engine.fault = () => undefined
    expect(await view(id)).toMatchObject({ letter: { status: 'open' } })
    const own = (await letters()).find(({ functionId }) => functionId === 'replay-dead-letter')
    expect(await replayDeadLetter(olga, own?.id ?? '')).toEqual({ ok: true, replays: 1 })
    await settle('3h')
    expect(fate.done).toEqual([])
    expect(await view(id)).toMatchObject({ letter: { status: 'open' } })
  })
})

describe('two operators', () => {
  it('who replay the same letter at once replay it once', async () => {
    const letter = await deadLetter()
    fate.isBroken = false
    const others = await Promise.all([operator(), operator(), operator()])
    const answers = await Promise.all(others.map((each) => replayDeadLetter(each, letter.id)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.filter(({ ok }) => !ok)).toEqual(
      Array.from({ length: 2 }, () => ({
        ok: false,
        message: expect.stringMatching(/being replayed|has been replayed/),
      })),
    )
    await settle()
    expect(fate.done).toHaveLength(1)
    expect((await listActs(olga)).entries).toHaveLength(1)
  })

  it('one of whom replays while the other one discards do one of both', async () => {
    const letter = await deadLetter()
    fate.isBroken = false
    const answers = await Promise.all([
      replayDeadLetter(olga, letter.id),
      discardDeadLetter(olga, letter.id, 'no need'),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    await settle()
    expect(fate.done).toHaveLength(answers[0]?.ok ? 1 : 0)
  })
})

const isReplay = (url: string) => url.includes('replay-dead-letter')
const replaysAtEngine = () =>
  db().$queryRaw<{ id: string }[]>`SELECT id FROM engine.run WHERE function_id = 'backroom-replay-dead-letter'`
