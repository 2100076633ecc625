import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { type Functions, TestEngine } from '../support/engine'

const MB = 1024 * 1024
const database = ownDatabase()
let engine: TestEngine

beforeEach(async () => {
  engine = await TestEngine.start({ databaseUrl: database.url })
})

afterEach(async () => {
  await engine.stop(0)
})

type Options = { checkpointing?: boolean | { bufferedSteps: number; maxRuntime: number } }

const saved: Options = { checkpointing: { bufferedSteps: 100, maxRuntime: 0 } }

const outcome = async (functions: Functions) => {
  await engine.serve(functions)
  const [id] = await engine.send({ name: 'test/go' })
  await engine.move()
  return (await engine.runsOf(id))[0]
}

const growing =
  (count: number, bytes: number, last: number, options: Options = {}): Functions =>
  (inngest) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 0, ...options }, async ({ step }) => {
      for (let n = 0; n < count; n++) await step.run(`step-${n}`, () => 'x'.repeat(bytes))
      return 'y'.repeat(last)
    }),
  ]

const beside =
  (count: number): Functions =>
  (inngest) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 0 }, ({ step }) =>
      Promise.all(Array.from({ length: count }, (_, n) => step.run(`step-${n}`, () => n))),
    ),
  ]

const stateError = {
  name: 'InngestErrStateOverflowed',
  message: 'The events and results of this run are larger than 33554432 bytes together.',
}

describe('a run', () => {
  it.each([
    ['saved a hundred at a time', growing(1_001, 1, 1, saved)],
    ['planned at once', beside(1_001)],
  ])('of more than 1,000 steps, %s, fails by name', async (_, functions) => {
    expect(await outcome(functions)).toMatchObject({
      status: 'Failed',
      output: {
        name: 'InngestErrFunctionOverflowed',
        message: 'The function run exceeded the step limit of 1000 steps.',
      },
    })
  })

  it('of just 1,000 steps completes', async () => {
    expect(await outcome(growing(1_000, 1, 1, saved))).toMatchObject({ status: 'Completed', output: 'y' })
  })

  it('whose steps give more than 32 MB fails by name', async () => {
    expect(await outcome(growing(9, 3.9 * MB, 1))).toMatchObject({ status: 'Failed', output: stateError })
  })

  it('whose own value is too much beside its steps fails by name', async () => {
    expect(await outcome(growing(8, 3.9 * MB, MB))).toMatchObject({ status: 'Failed', output: stateError })
  })

  it.each([
    ['saved as it ends', true],
    ['in a call of its own', false],
  ])('with a step that gives more than 4 MB, %s, fails by name', async (_, checkpointing) => {
    expect(await outcome(growing(1, 4 * MB, 1, { checkpointing }))).toMatchObject({
      status: 'Failed',
      output: { name: 'output_too_large', message: 'The output of the step "step-0" is larger than 4194304 bytes' },
    })
  })

  it('that invokes with more than 4 MB fails by name, and starts nothing', async () => {
    const run = await outcome((inngest) => {
      const callee = inngest.createFunction({ id: 'callee', triggers: [{ event: 'test/never' }] }, async () => 1)
      const caller = inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 0 }, ({ step }) =>
        step.invoke('big', { function: callee, data: { text: 'x'.repeat(4 * MB) } }),
      )
      return [callee, caller]
    })
    expect(run).toMatchObject({
      status: 'Failed',
      output: { message: expect.stringContaining('The data of the invoke "big"') },
    })
    const { rows } = await engine.engine.world.readers.query('SELECT count(*)::int AS n FROM engine.run')
    expect(rows).toEqual([{ n: 1 }])
  })

  it('that was ended by one of the ops of an answer leaves no timers of the others', async () => {
    await outcome((inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 0 }, ({ step }) =>
        Promise.all([step.waitForEvent('w', { event: 'test/never', timeout: '500d' }), step.sleep('nap', '1h')]),
      ),
    ])
    const { rows } = await engine.engine.world.readers.query('SELECT kind FROM engine.item')
    expect(rows).toEqual([])
  })
})
