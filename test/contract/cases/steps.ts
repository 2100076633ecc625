import { experiment } from 'inngest'
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
    title: 'a call of a model that the app itself makes, and an experiment, which are steps like any other',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step, group }) => {
        const ask = async (question: string) => {
          notes.push('asked')
          return `${question}!`
        }
        const answer = await step.ai.wrap('ask', ask, 'why')
        const { result } = await group.experiment('try', {
          variants: { a: () => step.run('a', () => 'tried a') },
          select: experiment.fixed('a'),
        })
        await step.sleep('nap', '1s')
        return [answer, result]
      }),
    ],
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: ['why!', 'tried a'] }])
      expect(notes).toEqual(['asked'])
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
