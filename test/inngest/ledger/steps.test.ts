import { RetryAfterError } from 'inngest'
import { describe, expect, it } from 'vitest'
import { now } from '@/lib/clock'
import { findStepValues } from '@/lib/runs/get-run'
import { gate } from '../../support/engine'
import { ownLedger } from '../../support/ledger'

let hold = gate()
const failures = new Map<string, number>()

/** Throws so many times for each key, and no more. */
function failing(key: string, times: number, error: () => Error): void {
  const count = failures.get(key) ?? 0
  failures.set(key, count + 1)
  if (count < times) throw error()
}

const ledger = ownLedger((inngest) => [
  ...[true, false].map((checkpointing) =>
    inngest.createFunction(
      { id: `sequence-${checkpointing}`, triggers: [{ event: `sequence/${checkpointing}` }], checkpointing },
      async ({ step }) => {
        const a = await step.run('a', () => ({ n: 1, password: 'x' }))
        await step.sleep('nap', '1h')
        for (let n = 0; n < 3; n++) await step.run('same', () => n)
        return { a, done: true }
      },
    ),
  ),
  inngest.createFunction({ id: 'parallel', triggers: [{ event: 'parallel' }] }, async ({ step }) => {
    const held = async () => {
      await hold.opened
      return 'held'
    }
    await Promise.all([step.run('quick', () => 'quick'), step.run('held', held), step.sleep('nap', '2h')])
    await step.run('last', () => 'last')
  }),
  inngest.createFunction({ id: 'flaky-step', triggers: [{ event: 'flaky-step' }], retries: 2 }, ({ step, runId }) =>
    step.run('flaky', () => failing(runId, 2, () => new TypeError('not yet', { cause: new Error('why') }))),
  ),
  inngest.createFunction(
    { id: 'flaky-code', triggers: [{ event: 'flaky-code' }], retries: 2 },
    async ({ step, runId }) => {
      await step.run('before', () => 1)
      failing(runId, 1, () => new TypeError('between steps'))
      await step.run('after', () => 2)
    },
  ),
  inngest.createFunction({ id: 'caught', triggers: [{ event: 'caught' }], retries: 0 }, async ({ step }) => {
    const message = await step
      .run('bad', () => {
        throw new TypeError('no good')
      })
      .catch((error: Error) => error.message)
    return step.run('instead', () => message)
  }),
  inngest.createFunction({ id: 'doomed', triggers: [{ event: 'doomed' }], retries: 1 }, ({ step }) =>
    step.run('bad', () => {
      throw new TypeError('no good, Bearer abcdefgh12')
    }),
  ),
  inngest.createFunction({ id: 'doomed-code', triggers: [{ event: 'doomed-code' }], retries: 0 }, () => {
    throw 'only a text'
  }),
  inngest.createFunction({ id: 'own-wait', triggers: [{ event: 'own-wait' }], retries: 1 }, ({ step, runId }) =>
    step.run('busy', () =>
      failing(runId, 1, () => new RetryAfterError('the provider is busy', '90s', { cause: new Error('429') })),
    ),
  ),
  inngest.createFunction({ id: 'half-doomed', triggers: [{ event: 'half-doomed' }], retries: 0 }, async ({ step }) => {
    const bad = step.run('bad', () => {
      throw new Error('half')
    })
    await Promise.all([bad, step.sleep('long', '30d')])
  }),
  inngest.createFunction({ id: 'race', triggers: [{ event: 'race' }] }, async ({ step }) => {
    const quick = async () => {
      await step.sleep('short', '10d')
      return step.run('quick', () => 'quick')
    }
    const winner = await Promise.race([quick(), step.sleep('loser', '30d')])
    return step.run('after', () => `after ${winner}`)
  }),
])

const SOON = { timeout: 5_000 }
const statusesOf = (steps: { name: string; status: string }[]) => steps.map(({ name, status }) => `${name} ${status}`)

describe('a run in the ledger', () => {
  it.each([true, false])('has its steps in order, each once, with checkpointing %s', async (checkpointing) => {
    const runId = await ledger.start(`sequence/${checkpointing}`, { orderId: '1042', token: 't' })
    const asleep = await ledger.settled(runId)
    expect(asleep.run).toMatchObject({
      ...{ functionId: `sequence-${checkpointing}`, status: 'sleeping', record: 'order/1042', endedAt: null },
      ...{ eventName: `sequence/${checkpointing}`, events: [{ data: { orderId: '1042', token: '[redacted]' } }] },
    })
    expect(statusesOf(asleep.steps)).toEqual(['a completed', 'nap sleeping'])
    expect(Number(asleep.run.until) - Number(asleep.steps[1]?.foundAt)).toBe(3_600_000)

    const { run, steps } = await ledger.settled(runId, '1h')
    expect(run).toMatchObject({ status: 'completed', until: null, output: { a: { n: 1 }, done: true } })
    expect(statusesOf(steps)).toEqual([
      ...['a completed', 'nap completed', 'same completed', 'same completed', 'same completed'],
    ])
    expect(new Set(steps.map(({ id }) => id)).size).toBe(5)
    // What replays have not done again has kept its times.
    expect(steps[0]).toEqual(asleep.steps[0])
    expect(await findStepValues({ isOperator: true }, runId, steps[0]?.id ?? '')).toMatchObject({
      output: { n: 1, password: '[redacted]' },
    })
    const values = await Promise.all(steps.slice(2).map(({ id }) => findStepValues({ isOperator: true }, runId, id)))
    expect(values.map((value) => value?.output)).toEqual([0, 1, 2])
  })

  it('shows each of its parallel steps as it stands', async () => {
    hold = gate()
    const runId = await ledger.start('parallel')
    await expect
      .poll(async () => statusesOf((await ledger.viewOf(runId).catch(() => null))?.steps ?? []).sort(), SOON)
      .toEqual(['held running', 'nap sleeping', 'quick completed'])
    expect((await ledger.viewOf(runId)).run).toMatchObject({ status: 'running', until: null })
    hold.open()
    const { run, steps } = await ledger.settled(runId)
    expect(run.status).toBe('sleeping')
    expect(run.until).toEqual(steps.find(({ name }) => name === 'nap')?.until)
    const ended = await ledger.settled(runId, '2h')
    expect(ended.run.status).toBe('completed')
    expect(new Set(ended.steps.map(({ status }) => status))).toEqual(new Set(['completed']))
    const { foundAt, startedAt, endedAt } = ended.steps.find(({ name }) => name === 'held') ?? {}
    expect(Number(foundAt)).toBeLessThanOrEqual(Number(startedAt))
    expect(Number(startedAt)).toBeLessThanOrEqual(Number(endedAt))
  })

  it('says when a step is tried again, and keeps what each attempt has failed by', async () => {
    const runId = await ledger.start('flaky-step')
    const retrying = await ledger.settled(runId)
    expect(retrying.run.status).toBe('retrying')
    expect(statusesOf(retrying.steps)).toEqual(['flaky errored'])
    const wait = Number(retrying.run.until) - Number(retrying.failedAttempts[0]?.endedAt)
    // It is counted from a moment before the attempt is over for the ledger.
    expect(wait).toBeGreaterThan(900)
    expect(wait).toBeLessThan(2_000)
    expect(retrying.steps[0]?.until).toEqual(retrying.run.until)

    const { run, steps, failedAttempts } = await ledger.settled(runId, '10s')
    expect(run).toMatchObject({ status: 'completed', until: null, error: null })
    expect(steps).toMatchObject([{ status: 'completed', attempt: 2, until: null }])
    expect(failedAttempts).toMatchObject([
      { attempt: 0, stepId: steps[0]?.id, error: { name: 'TypeError', message: 'not yet', cause: { message: 'why' } } },
      { attempt: 1, stepId: steps[0]?.id, error: { name: 'TypeError' } },
    ])
    expect(failedAttempts.every(({ retryAt, endedAt }) => retryAt && retryAt > endedAt)).toBe(true)
    expect(steps[0]?.startedAt).toEqual(failedAttempts[0]?.startedAt)
  })

  it('keeps apart the attempts at the code between steps', async () => {
    const runId = await ledger.start('flaky-code')
    const retrying = await ledger.settled(runId)
    expect(retrying.run).toMatchObject({ status: 'retrying', error: null })
    expect(Number(retrying.run.until)).toBeGreaterThan(Number(now()))
    const { run, steps, failedAttempts } = await ledger.settled(runId, '10s')
    expect(run).toMatchObject({ status: 'completed', error: null })
    expect(statusesOf(steps)).toEqual(['before completed', 'after completed'])
    expect(failedAttempts).toMatchObject([{ stepId: '', attempt: 0, error: { message: 'between steps' } }])
  })

  it('goes on after a failure that was caught', async () => {
    const { run, steps } = await ledger.settled(await ledger.start('caught'))
    expect(run).toMatchObject({ status: 'completed', output: 'no good', error: null })
    expect(statusesOf(steps)).toEqual(['bad failed', 'instead completed'])
    const values = await findStepValues({ isOperator: true }, run.id, steps[0]?.id ?? '')
    expect(values).toMatchObject({ output: null, error: { name: 'TypeError', message: 'no good' } })
  })

  it('fails by what its step failed by, without its secrets, and the server confirms it', async () => {
    const { run, steps, failedAttempts } = await ledger.settled(await ledger.start('doomed'), '1m')
    expect(run).toMatchObject({
      ...{ status: 'failed', isConfirmed: true, lookUpAt: null, output: null },
      error: { name: 'TypeError', message: 'no good, Bearer [redacted]' },
    })
    expect(JSON.stringify(run)).not.toContain('abcdefgh12')
    expect(statusesOf(steps)).toEqual(['bad failed'])
    expect(failedAttempts.map(({ attempt, stepId }) => [attempt, stepId])).toEqual([
      [0, steps[0]?.id],
      [1, steps[0]?.id],
    ])
    expect(failedAttempts[1]?.retryAt).toBeNull()
  })

  it('fails by whatever was thrown', async () => {
    const { run, failedAttempts } = await ledger.settled(await ledger.start('doomed-code'))
    expect(run).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('only a text') } })
    expect(failedAttempts).toMatchObject([{ stepId: '', attempt: 0, retryAt: null }])
  })

  it('keeps an error’s own words and its own wait', async () => {
    const runId = await ledger.start('own-wait')
    const { run, failedAttempts } = await ledger.settled(runId)
    expect(failedAttempts).toMatchObject([{ error: { message: 'the provider is busy', cause: { message: '429' } } }])
    expect(Number(run.until) - Number(failedAttempts[0]?.endedAt)).toBeGreaterThan(88_000)
    expect((await ledger.settled(runId, '2m')).run.status).toBe('completed')
  })

  it('fails though another step of it sleeps, which is shown as left open', async () => {
    const { run, steps } = await ledger.settled(await ledger.start('half-doomed'))
    expect(await ledger.engine().runsOf(run.eventId)).toMatchObject([{ status: 'Failed' }])
    expect(run).toMatchObject({ status: 'failed', error: { message: 'half' }, until: null })
    expect(steps.map(({ name, status, isLeftOpen }) => [name, status, isLeftOpen]).sort()).toEqual([
      ['bad', 'failed', false],
      ['long', 'sleeping', true],
    ])
  })

  it('sleeps as long as the loser of a race does, and counts from when it was found', async () => {
    const runId = await ledger.start('race')
    const { steps: begun } = await ledger.settled(runId)
    const { run, steps } = await ledger.settled(runId, '11d')
    expect(statusesOf(steps)).toEqual(['short completed', 'loser sleeping', 'quick completed', 'after completed'])
    expect(run).toMatchObject({ status: 'sleeping', endedAt: null })
    expect(run.until).toEqual(begun.find(({ name }) => name === 'loser')?.until)
    const ended = await ledger.settled(runId, '20d')
    expect(ended.run).toMatchObject({ status: 'completed', output: 'after quick' })
    expect(ended.steps.every(({ endedAt }) => endedAt)).toBe(true)
  })
})
