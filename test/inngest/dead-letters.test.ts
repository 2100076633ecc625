import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { listFailedRunsWithoutLetter } from '@/lib/dead-letters/failed-runs-without-letter'
import { findDeadLetter, findGroup, listGroups } from '@/lib/dead-letters/list-dead-letters'
import { recordDeadLetter } from '@/lib/dead-letters/record-dead-letter'
import { brokenFunctions, fate } from '../support/broken-functions'
import { operator } from '../support/factories'
import { ownProduct } from '../support/product'
import { workOf } from '../support/work'

const product = ownProduct({ functions: brokenFunctions })
const { settle, happen, letters } = workOf(product)

beforeEach(() => {
  fate.isBroken = true
  fate.done = []
})

const alertsTo = (email: string) =>
  product
    .mail()
    .letters()
    .filter(({ letter }) => letter.to.includes(email))

describe('a run that fails for good', () => {
  it('makes one dead letter with its payload, its error down to the first cause, and its attempts', async () => {
    await happen('test/code', { orderId: '1042', nested: { list: [1, 'two', null] } })
    const [letter, ...more] = await letters()
    expect(more).toEqual([])
    expect(letter).toMatchObject({
      functionId: 'fail-code',
      status: 'open',
      events: [{ name: 'test/code', data: { orderId: '1042', nested: { list: [1, 'two', null] } } }],
      isRedacted: false,
      attempts: 3,
      closedAt: null,
      fromReplayId: null,
      error: {
        name: 'RangeError',
        message: 'Order 1042 can’t be read',
        stack: expect.stringContaining('broken-functions'),
        cause: { message: 'the store is away', cause: { message: 'the socket hung up' } },
      },
    })
    expect(await db().run.findUnique({ where: { id: letter?.runId ?? '' } })).toMatchObject({
      status: 'failed',
      isConfirmed: true,
    })
  })

  it('counts the attempts of the step that has failed it', async () => {
    await happen('test/step')
    expect(await letters()).toMatchObject([{ functionId: 'fail-step', attempts: 4 }])
  })

  it('counts one attempt where there was no second', async () => {
    await happen('test/at-once')
    expect(await letters()).toMatchObject([{ functionId: 'fail-at-once', attempts: 1 }])
  })

  it('makes one that tells what an invoked function was given', async () => {
    await happen('test/caller', { orderId: '7' })
    expect(await letters()).toMatchObject([
      { functionId: 'fail-callee', events: [{ name: 'inngest/function.invoked', data: { orderId: '7' } }] },
    ])
    expect(JSON.stringify(await letters())).not.toContain('correlation_id')
  })

  it('makes one whatever its payload and its error hold', async () => {
    const say = `x${'🫖'.repeat(2_500)} NUL:\u0000 half:\ud83e`
    await happen('test/code', { say, wide: Array.from({ length: 30_000 }, (_, n) => n) })
    const [{ events } = { events: [] }] = await letters()
    expect((events as { data: { wide: number[] } }[])[0]?.data.wide).toHaveLength(30_000)
  })

  it('makes one without the secrets in it, and says so', async () => {
    await happen('test/code', { password: 'open sesame', say: 'Bearer abcdefghijklmnop was refused' })
    expect(JSON.stringify(await letters())).not.toMatch(/sesame|abcdefghijklmnop/)
    expect(await letters()).toMatchObject([{ isRedacted: true }])
  })

  it('makes one, however often the server tells of it', async () => {
    await happen('test/code')
    const [letter] = await letters()
    const { runId = '', functionId = '' } = letter ?? {}
    const failed = { runId, functionId, failedAt: new Date(), error: new Error('again'), events: [] }
    expect(await recordDeadLetter(failed)).toEqual({ deadLetterId: letter?.id, isNewGroup: false })
    expect(await letters()).toHaveLength(1)
  })

  it('stays in the list, whatever time goes by', async () => {
    await happen('test/code')
    await settle('400d')
    expect(await letters()).toMatchObject([{ status: 'open' }])
  })
})

describe('failures by one cause', () => {
  it('are one group, and by another cause another one', async () => {
    await happen('test/code', { say: 'Order 1042 of ann@example.com is gone' })
    await happen('test/code', { say: 'Order 7 of bob@example.com is gone' })
    await happen('test/code', { say: 'The shop is closed' })
    await happen('test/step', { say: 'The shop is closed' })
    const groups = await listGroups({ isOperator: true }, 'open')
    expect(groups.map(({ functionId, cause, count, message }) => ({ functionId, cause, count, message }))).toEqual([
      { functionId: 'fail-step', cause: 'The shop is closed', count: 1, message: 'The shop is closed' },
      { functionId: 'fail-code', cause: 'The shop is closed', count: 1, message: 'The shop is closed' },
      {
        functionId: 'fail-code',
        cause: 'Order # of <email> is gone',
        count: 2,
        message: 'Order 7 of bob@example.com is gone',
      },
    ])
    const [, , first] = groups
    expect(first?.firstAt.getTime()).toBeLessThan(first?.lastAt.getTime() ?? 0)
    const view = await findGroup({ isOperator: true }, first?.id ?? '', { status: 'open' })
    expect(view?.letters.map(({ message }) => message)).toEqual([
      'Order 7 of bob@example.com is gone',
      'Order 1042 of ann@example.com is gone',
    ])
    expect(view?.counts).toEqual({ open: 2, replaying: 0, replayed: 0, discarded: 0 })
  })

  it('alert each operator by one letter, at the first of them', async () => {
    const [ann, bob] = [await operator(), await operator()]
    await happen('test/code', { say: 'Order 1 is gone' })
    for (const { email } of [ann, bob]) expect(alertsTo(email)).toHaveLength(1)
    expect(alertsTo(ann.email)[0]?.letter).toMatchObject({
      subject: 'fail-code fails in a new way',
      text: expect.stringMatching(/Order 1 is gone[\s\S]*\/console\/dead-letters\//),
    })
    await happen('test/code', { say: 'Order 2 is gone' })
    await settle('30d')
    expect(alertsTo(ann.email)).toHaveLength(1)
    await happen('test/code', { say: 'The shop is closed' })
    expect(alertsTo(ann.email)).toHaveLength(2)
  })

  it('are one group and one alert when they come at the same moment', async () => {
    const ann = await operator()
    await product
      .engine()
      .send(...Array.from({ length: 8 }, (_, n) => ({ name: 'test/at-once', data: { say: `no ${n}` } })))
    await settle('1h')
    expect(await db().deadLetterGroup.count()).toBe(1)
    expect(await letters()).toHaveLength(8)
    expect(alertsTo(ann.email)).toHaveLength(1)
  })

  it('of the alerts themselves end there', async () => {
    const ann = await operator()
    await fetch(`${product.mail().url}/sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'refuse', status: 422, name: 'validation_error', times: 50 }),
    })
    await happen('test/code')
    await settle('10d')
    expect((await letters()).map(({ functionId }) => functionId)).toEqual(['fail-code', 'send-email', 'send-email'])
    expect(await db().deadLetterGroup.count()).toBe(2)
    expect(alertsTo(ann.email)).toEqual([])
  })
})

describe('failed runs without a letter', () => {
  it('are none, and are told once the letter is overdue', async () => {
    await happen('test/code')
    const at = () => new Date(Date.now() + 24 * 3_600_000)
    expect(await listFailedRunsWithoutLetter(at())).toEqual([])
    const [letter] = await letters()
    await db().deadLetter.delete({ where: { id: letter?.id ?? '' } })
    expect(await listFailedRunsWithoutLetter(at())).toMatchObject([{ id: letter?.runId, functionId: 'fail-code' }])
    expect(await listFailedRunsWithoutLetter(new Date(Date.now()))).toEqual([])
  })
})

describe('one dead letter', () => {
  it('is found with its group, and is not there under a name that is none', async () => {
    await happen('test/code')
    const [letter] = await letters()
    expect(await findDeadLetter({ isOperator: true }, letter?.id ?? '')).toMatchObject({
      letter: { id: letter?.id },
      group: { functionId: 'fail-code', errorName: 'RangeError' },
      replays: [],
      cameOf: null,
    })
  })
})
