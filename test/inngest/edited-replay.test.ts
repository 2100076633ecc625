import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { recordDeadLetter } from '@/lib/dead-letters/record-dead-letter'
import { replayDeadLetter, replayGroup } from '@/lib/dead-letters/replay-dead-letters'
import { brokenFunctions, fate } from '../support/broken-functions'
import { operator } from '../support/factories'
import { ownProduct } from '../support/product'
import { workOf } from '../support/work'

const product = ownProduct({ functions: brokenFunctions })
const { settle, deadLetter, view } = workOf(product)
let olga: Awaited<ReturnType<typeof operator>>

beforeEach(async () => {
  fate.isBroken = true
  fate.done = []
  olga = await operator()
})

/** A letter that no mail server takes. */
const refused = {
  subject: 'Hello',
  template: 'welcome',
  data: { name: 'Ann', shopName: 'Corner Shop' },
  key: 'welcome/1',
}

describe('edited data', () => {
  const edit = (data: unknown) => ({
    data: typeof data === 'string' ? data : JSON.stringify(data),
    eventNames: ['email/requested'],
  })
  const whole = { ...refused.data, dashboardUrl: 'https://shop.example/dashboard' }

  it('that fits is what the new run is given', async () => {
    const letter = await deadLetter('email/requested', { ...refused, to: 'ann@example.com' })
    expect(letter).toMatchObject({ functionId: 'send-email', attempts: expect.any(Number) })
    const mended = edit({ ...refused, to: 'bob@example.com', data: whole })
    expect(await replayDeadLetter(olga, letter.id, mended)).toEqual({ ok: true, replays: 1 })
    await settle()
    expect(await view(letter.id)).toMatchObject({ letter: { status: 'replayed' }, replays: [{ failedAgain: false }] })
    expect(product.mail().letters()[0]?.letter).toMatchObject({ to: ['bob@example.com'] })
  })

  it('that does not fit is refused, and says which field', async () => {
    const { deadLetterId } = await recordDeadLetter({
      ...{ runId: 'r', functionId: 'send-email', failedAt: new Date(), error: new Error('no') },
      events: [{ name: 'email/requested', data: refused }],
    })
    expect(await replayDeadLetter(olga, deadLetterId, edit({ ...refused, to: 'nobody' }))).toMatchObject({
      ok: false,
      message: 'The data does not fit email/requested.',
      fields: { 'data.to': expect.any(String) },
    })
    expect(await view(deadLetterId)).toMatchObject({ letter: { status: 'open' }, replays: [] })
  })

  it('is the only way for a letter whose secrets are not kept', async () => {
    const letter = await deadLetter('test/code', { password: 'open sesame', n: 1 })
    fate.isBroken = false
    expect(await replayDeadLetter(olga, letter.id)).toMatchObject({ ok: false, message: /edited data/ })
    expect(await replayGroup(olga, letter.groupId)).toMatchObject({ ok: false })
    const mended = { data: '{"password":"another","n":2}', eventNames: ['test/code'] }
    expect(await replayDeadLetter(olga, letter.id, mended)).toEqual({ ok: true, replays: 1 })
    await settle()
    expect(fate.done).toMatchObject([{ password: 'another', n: 2 }])
    const shown = JSON.stringify([await view(letter.id), await listRuns(), await db().replay.findMany()])
    expect(shown).not.toMatch(/another|sesame/)
  })
})

const listRuns = () =>
  db()
    .run.findMany({ include: { steps: true } })
    .then(textOf)
const textOf = (value: unknown) =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner))
