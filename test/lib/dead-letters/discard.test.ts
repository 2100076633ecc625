import { beforeEach, describe, expect, it } from 'vitest'
import { listActs } from '@/lib/audit/list-acts'
import { db } from '@/lib/db'
import { discardDeadLetter } from '@/lib/dead-letters/discard-dead-letter'
import { countDeadLetters, findDeadLetter, findGroup } from '@/lib/dead-letters/list-dead-letters'
import { recordDeadLetter } from '@/lib/dead-letters/record-dead-letter'
import { replayDeadLetter, replayGroup } from '@/lib/dead-letters/replay-dead-letters'
import { ownApp } from '../../support/app'
import { operator } from '../../support/factories'

ownApp()
let olga: Awaited<ReturnType<typeof operator>>
let id: string

beforeEach(async () => {
  olga = await operator()
  const failed = { runId: 'r1', functionId: 'f', failedAt: new Date(), error: new Error('Order 7 is gone') }
  id = (await recordDeadLetter({ ...failed, events: [{ name: 'test/x', data: { n: 1 } }] })).deadLetterId
})

const letter = () => db().deadLetter.findUniqueOrThrow({ where: { id } })
const requests = () => db().outboxEvent.count({ where: { name: 'dead-letter/replay-requested' } })
const acts = async () => (await listActs(olga)).entries

describe('discarding', () => {
  it('closes a letter with the reason, which stands in the audit list too', async () => {
    expect(await discardDeadLetter(olga, id, '  a test order\u0000 ')).toEqual({ ok: true })
    expect(await letter()).toMatchObject({
      status: 'discarded',
      discardReason: 'a test order',
      closedAt: expect.any(Date),
    })
    expect(await acts()).toMatchObject([
      { actorId: olga.userId, act: 'discard', subject: `dead-letter/${id}`, details: { reason: 'a test order' } },
    ])
  })

  it('keeps no secret that stands in the reason', async () => {
    await discardDeadLetter(olga, id, 'the key sk_live_0123456789abcdef was wrong')
    expect(JSON.stringify([await letter(), (await acts()).map(({ details }) => details)])).not.toContain('0123456789')
  })

  it('wants a few words', async () => {
    for (const reason of ['', ' \n\u0000\t ', 'x'.repeat(10_000)])
      expect(await discardDeadLetter(olga, id, reason)).toMatchObject({
        ok: false,
        fields: { reason: expect.any(String) },
      })
    expect(await letter()).toMatchObject({ status: 'open' })
    expect(await acts()).toEqual([])
  })

  it('takes whatever words there are', async () => {
    expect(await discardDeadLetter(olga, id, '🫖 \'; DROP TABLE "DeadLetter"; -- \ud83e')).toEqual({ ok: true })
  })
})

describe('a letter that is closed', () => {
  it.each([
    ['discarded', 'This letter was discarded meanwhile.'],
    ['replaying', 'This letter is being replayed already.'],
    ['replayed', 'This letter has been replayed already.'],
  ] as const)('says so: %s', async (status, message) => {
    const closedAt = status === 'replaying' ? null : new Date()
    const discardReason = status === 'discarded' ? 'a test order' : null
    await db().deadLetter.update({ where: { id }, data: { status, closedAt, discardReason } })
    expect(await discardDeadLetter(olga, id, 'no need')).toEqual({ ok: false, message })
    expect(await replayDeadLetter(olga, id)).toEqual({ ok: false, message })
    expect(await letter()).toMatchObject({ status, closedAt, discardReason })
    expect([await acts(), await db().replay.count(), await requests()]).toEqual([[], 0, 0])
  })
})

const hostile = [
  '',
  '.',
  '../',
  '../../etc/passwd',
  '\u0000',
  'a\u0000b',
  "' OR '1'='1",
  '%00',
  '🫖',
  'x'.repeat(10_000),
  'none',
]

describe('an id of any kind', () => {
  it('is no letter and no group', async () => {
    const unknown = { ok: false, message: 'There is no such dead letter.' }
    for (const text of hostile) {
      expect(await discardDeadLetter(olga, text, 'no need'), text).toEqual(unknown)
      expect(await replayDeadLetter(olga, text), text).toEqual(unknown)
      expect(await replayGroup(olga, text), text).toEqual({ ok: false, message: 'There is no such group.' })
      expect(await findDeadLetter(olga, text), text).toBeNull()
      expect(await findGroup(olga, text, { status: 'open' }), text).toBeNull()
      expect(await countDeadLetters(olga, text), text).toEqual({ open: 0, replaying: 0, replayed: 0, discarded: 0 })
    }
    expect(await acts()).toEqual([])
  })

  it('is no place in a list', async () => {
    const { groupId } = await letter()
    for (const cursor of hostile) {
      expect((await findGroup(olga, groupId, { status: 'open', cursor }))?.letters.length).toBeLessThanOrEqual(1)
      expect((await listActs(olga, { cursor })).entries).toEqual([])
    }
  })
})

describe('a long group', () => {
  it('is told page by page, each letter once', async () => {
    const { groupId, failedAt } = await letter()
    const row = { groupId, functionId: 'f', events: [], error: { message: 'no' }, attempts: 1, failedAt }
    await db().deadLetter.createMany({
      data: Array.from({ length: 120 }, (_, n) => ({ ...row, id: `l${n}`, runId: `x${n}` })),
    })
    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await findGroup(olga, groupId, { status: 'open', cursor: cursor ?? undefined })
      seen.push(...(page?.letters.map((each) => each.id) ?? []))
      cursor = page?.nextCursor
    } while (cursor)
    expect([seen.length, new Set(seen).size]).toEqual([121, 121])
  })
})
