import { NonRetriableError, RetryAfterError } from 'inngest'
import { expect } from 'vitest'
import type { Case } from '../contract'

const sequence = (title: string, checkpointing: boolean): Case => ({
  title,
  tag: 'portable',
  functions: (inngest, { name, notes }) => [
    inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }], checkpointing }, async ({ step }) => {
      const a = await step.run('a', () => notes.push('a'))
      const b = await step.run('b', () => notes.push('b'))
      return { a, b }
    }),
  ],
  run: async ({ send, ended, notes }) => {
    expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: { a: 1, b: 2 } }])
    expect(notes).toEqual(['a', 'b'])
  },
})

export const steps: Case[] = [
  sequence('a sequence of steps, each saved as it ends', true),
  sequence('a sequence of steps, one call for each', false),
  {
    title: 'a function without steps that returns nothing',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async () => {}),
    ],
    run: async ({ send, ended }) => {
      const [run] = await ended(await send('go'))
      expect(run?.status).toBe('Completed')
      expect(run?.output ?? null).toBeNull()
    },
  },
  {
    title: 'the same step id again and again in a loop',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
        const values: number[] = []
        for (let n = 0; n < 4; n++) values.push(await step.run('same', () => notes.push('x') * 10))
        return values
      }),
    ],
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ output: [10, 20, 30, 40] }])
      expect(notes).toHaveLength(4)
    },
  },
  {
    title: 'a step that fails, is caught, and the run goes on',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }], retries: 0 }, async ({ step }) => {
        try {
          await step.run('bad', () => {
            throw new TypeError('no good')
          })
          return 'not caught'
        } catch (error) {
          const { message } = error as Error
          return await step.run('after', () => `caught ${message}`)
        }
      }),
    ],
    run: async ({ send, ended }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: 'caught no good' }])
    },
  },
  {
    title: 'a step that fails, is not caught, and fails the run with its own words',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }], retries: 0 }, async ({ step }) => {
        await step.run('good', () => notes.push('good'))
        await step.run('bad', () => {
          throw new TypeError('no good')
        })
      }),
    ],
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Failed', output: { message: 'no good' } }])
      expect(notes).toEqual(['good'])
    },
  },
  {
    title: 'a NonRetriableError in a step that is tried once',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }], retries: 5 }, async ({ step }) => {
        await step.run('bad', () => {
          notes.push('try')
          throw new NonRetriableError('never')
        })
      }),
    ],
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Failed', output: { message: 'never' } }])
      expect(notes).toEqual(['try'])
    },
  },
  {
    title: 'a RetryAfterError in a step that says when, with attempts of the step’s own',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }], retries: 1 }, async ({ step }) => {
        for (const id of ['one', 'two'])
          await step.run(id, () => {
            const tries = notes.filter((note) => note === id).length
            notes.push(id)
            if (tries === 0) throw new RetryAfterError('later', '1s')
          })
        return 'done'
      }),
    ],
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: 'done' }])
      expect(notes).toEqual(['one', 'one', 'two', 'two'])
    },
  },
  {
    title: 'a function that throws after its steps, which are not run again',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], retries: 1 },
        async ({ step, attempt }) => {
          await step.run('a', () => notes.push('a'))
          notes.push(`attempt ${attempt}`)
          if (attempt === 0) throw new RetryAfterError('once more', new Date(Date.now() + 1_000))
          return 'done'
        },
      ),
    ],
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: 'done' }])
      expect(notes).toEqual(['a', 'attempt 0', 'attempt 1'])
    },
  },
  {
    title: 'more than 4 MB of results, which the app fetches itself',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], checkpointing: false },
        async ({ step }) => {
          let size = 0
          for (let n = 0; n < 4; n++) size += (await step.run(`big-${n}`, () => 'x'.repeat(1_500_000))).length
          return size
        },
      ),
    ],
    run: async ({ send, ended }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: 6_000_000 }])
    },
  },
]
