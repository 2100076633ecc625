import { beforeEach, describe, expect, it } from 'vitest'
import { listActs } from '@/lib/audit/list-acts'
import { NotAllowedError } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { cancelRun } from '@/lib/runs/cancel-run'
import { brokenFunctions, fate } from '../support/broken-functions'
import { gate } from '../support/engine'
import { operator } from '../support/factories'
import { ownProduct } from '../support/product'
import { workOf } from '../support/work'

const held = { gate: gate(), started: 0 }
const product = ownProduct({
  functions: (inngest) => [
    ...brokenFunctions(inngest),
    inngest.createFunction({ id: 'hold', triggers: [{ event: 'test/hold' }] }, async ({ step }) => {
      await step.run('wait', async () => {
        held.started++
        await held.gate.opened
      })
    }),
  ],
})
const { settle, runsOf } = workOf(product)
let olga: Awaited<ReturnType<typeof operator>>

beforeEach(async () => {
  fate.done = []
  held.gate = gate()
  held.started = 0
  olga = await operator()
})

const actsOf = async () => (await listActs(olga)).entries
const run = async (functionId: string) => {
  const [found] = await runsOf(functionId)
  if (!found) throw new Error(`${functionId} has no run`)
  return found
}
const atServer = async (id: string) => {
  const { data } = await (await product.engine().fetch(`/v1/runs/${id}`)).json()
  return data.status
}

const asleep = async () => {
  await product.engine().send({ name: 'test/sleep', data: {} })
  await settle()
  return run('sleep-long')
}

describe('a run that is cancelled', () => {
  it('while it sleeps does no more, and stands in ledger and audit list', async () => {
    const { id } = await asleep()
    expect(await cancelRun(olga, id)).toEqual({ ok: true })
    expect(await run('sleep-long')).toMatchObject({
      status: 'cancelled',
      until: null,
      endedAt: expect.any(Date),
      isConfirmed: true,
    })
    expect(await actsOf()).toMatchObject([
      {
        actorId: olga.userId,
        actorEmail: olga.email,
        act: 'cancel run',
        subject: `run/${id}`,
        details: { functionId: 'sleep-long' },
        at: expect.any(Date),
      },
    ])
    await settle('1d')
    expect(fate.done).toEqual([])
    expect([await atServer(id), (await run('sleep-long')).status]).toEqual(['Cancelled', 'cancelled'])
    expect(await runsOf('record-cancellation')).toMatchObject([{ status: 'completed', record: `run/${id}` }])
    expect(await db().deadLetter.count()).toBe(0)
  })

  it('in the middle of a step stays cancelled, whatever the step answers', async () => {
    await product.engine().send({ name: 'test/hold' })
    await expect.poll(() => held.started).toBe(1)
    await expect.poll(() => runsOf('hold')).toMatchObject([{ status: 'running' }])
    const { id } = await run('hold')
    expect(await cancelRun(olga, id)).toEqual({ ok: true })
    held.gate.open()
    await settle('1d')
    expect([await atServer(id), (await run('hold')).status]).toEqual(['Cancelled', 'cancelled'])
  })

  it('once more says what has become of it, and writes nothing down', async () => {
    const { id } = await asleep()
    await cancelRun(olga, id)
    expect(await cancelRun(olga, id)).toEqual({ ok: false, message: 'This run has been cancelled meanwhile.' })
    expect(await actsOf()).toHaveLength(1)
  })

  it('by two operators at once is cancelled', async () => {
    const { id } = await asleep()
    const answers = await Promise.all([cancelRun(olga, id), cancelRun(await operator(), id)])
    expect(answers.some(({ ok }) => ok)).toBe(true)
    expect((await run('sleep-long')).status).toBe('cancelled')
  })
})

describe('a run that can’t be cancelled', () => {
  it('has ended', async () => {
    const { id } = await asleep()
    await settle('3h')
    expect(await cancelRun(olga, id)).toEqual({ ok: false, message: 'This run has completed meanwhile.' })
    expect((await run('sleep-long')).status).toBe('completed')
    expect(await actsOf()).toEqual([])
  })

  it('has ended at the server, of which the ledger has not heard', async () => {
    const { id } = await asleep()
    await settle('3h')
    await db().run.update({ where: { id }, data: { status: 'sleeping', endedAt: null } })
    expect(await cancelRun(olga, id)).toEqual({ ok: false, message: 'This run has completed meanwhile.' })
    expect((await run('sleep-long')).status).toBe('sleeping')
    expect(await actsOf()).toEqual([])
  })

  it('is not known at the server', async () => {
    const { id } = await asleep()
    const { id: _, ...row } = await db().run.findUniqueOrThrow({ where: { id } })
    await db().run.create({ data: { ...row, id: 'another', events: [], progress: {}, output: {}, error: {} } })
    expect(await cancelRun(olga, 'another')).toEqual({ ok: false, message: 'The server no longer knows this run.' })
    expect(await actsOf()).toEqual([])
  })

  it('is the server’s that is away', async () => {
    const { id } = await asleep()
    product.setEnv({ INNGEST_BASE_URL: 'http://127.0.0.1:1' })
    expect(await cancelRun(olga, id)).toMatchObject({ ok: false, message: expect.stringContaining('can’t be reached') })
    expect((await run('sleep-long')).status).toBe('sleeping')
    expect(await actsOf()).toEqual([])
  })

  it('is not there', async () => {
    for (const id of ['', '../runs', 'no such run', 'none', '\u0000', "' OR 1=1 --", '%2e%2e%2f', 'x'.repeat(10_000)])
      expect(await cancelRun(olga, id), id).toEqual({ ok: false, message: 'There is no such run.' })
    expect(await actsOf()).toEqual([])
  })

  it('is for somebody who is no operator', async () => {
    const { id } = await asleep()
    await expect(cancelRun({ ...olga, isOperator: false }, id)).rejects.toThrow(NotAllowedError)
    expect(await atServer(id)).toBe('Running')
  })
})
