import { beforeEach, describe, expect, it } from 'vitest'
import { DATABASE_AWAY_HEADER } from '@/inngest/middleware/database-away'
import { db } from '@/lib/db'
import { forgetMemory } from '@/lib/runs/memory'
import { ledgerWritten } from '@/lib/runs/writer'
import { gate } from '../../support/engine'
import { killedAfter, lost, ownLedger } from '../../support/ledger'
import { withDatabase } from '../../support/with-database'

let hold = gate()
let ran: string[] = []

const ledger = ownLedger((inngest) => [
  inngest.createFunction({ id: 'steps', triggers: [{ event: 'steps' }], checkpointing: false }, async ({ step }) => {
    const a = await step.run('a', () => `a${ran.push('a')}`)
    await step.sleep('nap', '1h')
    return step.run('b', () => `${a} b${ran.push('b')}`)
  }),
  inngest.createFunction({ id: 'saved', triggers: [{ event: 'saved' }] }, async ({ step }) => {
    await step.run('a', () => ran.push('a'))
    await step.run('b', () => ran.push('b'))
    await step.sleep('nap', '1h')
    return step.run('c', () => ran.push('c'))
  }),
  inngest.createFunction({ id: 'held', triggers: [{ event: 'held' }] }, async ({ step }) => {
    await step.run('slow', async () => {
      ran.push('slow')
      await hold.opened
      return 'done'
    })
    return 'done'
  }),
  inngest.createFunction(
    { id: 'idle', triggers: [{ event: 'idle' }], cancelOn: [{ event: 'stop' }] },
    async ({ step }) => step.sleep('nap', '30d'),
  ),
  inngest.createFunction({ id: 'tick', triggers: [{ cron: '0 9 * * *' }] }, async () => 'told'),
  inngest.createFunction({ id: 'rare', triggers: [{ event: 'rare' }] }, async () => 'told'),
])

beforeEach(() => {
  hold = gate()
  ran = []
})

const SOON = { timeout: 5_000 }
const statusesOf = (steps: { name: string; status: string }[]) => steps.map(({ name, status }) => `${name} ${status}`)
const all = ['a completed', 'nap completed', 'b completed']

describe('a call', () => {
  it('that comes twice, one after the other, is written as one', async () => {
    ledger.callBy(async (call) => {
      await call()
      return call()
    })
    const runId = await ledger.start('steps')
    await ledger.settled(runId)
    const { run, steps, failedAttempts } = await ledger.settled(runId, '1h')
    expect(run.status).toBe('completed')
    expect(statusesOf(steps)).toEqual(all)
    expect(failedAttempts).toEqual([])
    const [server] = await ledger.engine().runsOf(run.eventId)
    expect(run.output).toBe(server?.output)
  })

  it('that comes twice at once is written as one', async () => {
    ledger.callBy(async (call) => (await Promise.all([call(), call()]))[0])
    const runId = await ledger.start('saved')
    await ledger.settled(runId)
    const { run, steps } = await ledger.settled(runId, '1h')
    expect(run.status).toBe('completed')
    expect(statusesOf(steps)).toEqual(['a completed', 'b completed', 'nap completed', 'c completed'])
  })

  it('whose answer is lost is made again, and what the server has kept counts', async () => {
    let losses = 2
    ledger.callBy((call) => (losses-- > 0 ? lost(call) : call()))
    const runId = await ledger.start('steps')
    expect((await ledger.settled(runId)).run.status).toBe('sleeping')
    expect(ran).toEqual(['a', 'a', 'a'])
    losses = 1
    const { run, steps } = await ledger.settled(runId, '1h')
    expect(run).toMatchObject({ status: 'completed', output: 'a3 b5' })
    expect(statusesOf(steps)).toEqual(all)
    expect(await db().runStep.findMany({ where: { runId, name: 'a' } })).toMatchObject([{ output: 'a3' }])
  })

  /** Starts runs until one's end is lost: on a busy machine a process is now and then quick enough to write it. */
  const startedAndLost = async (): Promise<string> => {
    // Its function is known, or its answer would wait for the ledger.
    ledger.callBy((call) => call())
    await ledger.settled(await ledger.start('saved'))
    ran = []
    ledger.callBy(killedAfter)
    const runId = await ledger.start('saved')
    await ledger.engine().move()
    await ledgerWritten({ withinMs: 5_000 })
    const known = await db().run.findUnique({ where: { id: runId } })
    return known?.status === 'sleeping' ? startedAndLost() : runId
  }

  it('whose process ends with it is made good by the next one, from the memo', async () => {
    const runId = await startedAndLost()
    ledger.callBy((call) => call())
    const { run, steps } = await ledger.settled(runId, '1h')
    expect(run).toMatchObject({ status: 'completed', eventName: 'saved', functionId: 'saved' })
    expect(statusesOf(steps)).toEqual(['a completed', 'b completed', 'nap completed', 'c completed'])
    expect(steps.every(({ endedAt }) => endedAt)).toBe(true)
    expect(await db().runStep.findMany({ where: { runId, name: 'b' } })).toMatchObject([{ output: 2, kind: 'run' }])
  })

  it('that is all of a schedule’s run is known, though its process ends with it', async () => {
    ledger.callBy(killedAfter)
    await ledger.engine().move('24h')
    const told = { functionId: 'tick', status: 'completed', output: 'told' }
    expect(await db().run.findMany({ where: { functionId: 'tick' } })).toMatchObject([told])
  })

  it('of a function that was never seen is not over before that is written: by nothing else could its run be told', async () => {
    forgetMemory()
    const marks: (string | null)[] = []
    ledger.callBy(async (call) => {
      const answer = await call()
      marks.push(answer.headers.get(DATABASE_AWAY_HEADER))
      return answer
    })
    const happen = async () => {
      await ledger.engine().send({ name: 'rare' })
      await ledger.engine().move()
    }
    await withDatabase(ledger.databaseUrl(), async (client) => {
      await client.query('BEGIN')
      await client.query('LOCK TABLE "Run" IN ACCESS EXCLUSIVE MODE')
      await happen()
      await happen()
    })
    expect(marks).toEqual(['true', null])
  })

  it('that is made while the database is away is written when it is back, and nothing fails by it', async () => {
    const url = new URL(ledger.databaseUrl())
    url.port = '1'
    await ledger.pointAt(url.href)
    const runId = await ledger.start('steps')
    await ledger.engine().move()
    expect(ran).toEqual(['a'])
    await ledger.pointAt(ledger.databaseUrl())
    const { run, steps } = await ledger.settled(runId, '1h')
    expect(run).toMatchObject({ status: 'completed', output: 'a1 b2' })
    expect(statusesOf(steps)).toEqual(all)
  })
})

describe('a run that is cancelled', () => {
  const cancel = (runId: string) => ledger.engine().fetch(`/v1/runs/${runId}`, { method: 'DELETE' })
  const isCancelled = async (runId: string) => (await ledger.viewOf(runId)).run.status === 'cancelled'

  it('while a call is under way stays so, whatever that call says in the end', async () => {
    const runId = await ledger.start('held')
    await expect.poll(() => ran, SOON).toEqual(['slow'])
    await cancel(runId)
    await expect.poll(() => isCancelled(runId), SOON).toBe(true)
    const answered = new Promise<void>((resolve) => {
      ledger.engine().heard = () => resolve()
    })
    hold.open()
    await answered
    const { run } = await ledger.settled(runId)
    expect(run).toMatchObject({ status: 'cancelled', isConfirmed: true, output: null, error: null, lookUpAt: null })
    expect(run.startedAt).not.toBeNull()
    expect(await ledger.engine().runsOf(run.eventId)).toMatchObject([{ status: 'Cancelled' }])
  })

  it('in its sleep is so, though the app sees nothing of it', async () => {
    const runId = await ledger.start('idle')
    expect((await ledger.settled(runId)).run.status).toBe('sleeping')
    await ledger.engine().send({ name: 'stop' })
    const { run, steps } = await ledger.settled(runId)
    expect(run).toMatchObject({ status: 'cancelled', isConfirmed: true, until: null })
    expect(run.endedAt).not.toBeNull()
    expect(steps).toMatchObject([{ status: 'sleeping', isLeftOpen: true }])
  })
})
