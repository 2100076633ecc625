import { NonRetriableError, RetryAfterError } from 'inngest'
import { expect } from 'vitest'
import type { Case } from '../contract'

const retryAfter = (title: string, timeOf: () => ConstructorParameters<typeof RetryAfterError>[1]): Case => ({
  title,
  tag: 'portable',
  functions: (inngest, { name, notes }) => [
    inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }], retries: 1 }, async ({ step }) => {
      for (const id of ['one', 'two'])
        await step.run(id, () => {
          const tries = notes.filter((note) => note === id).length
          notes.push(id)
          if (tries === 0) throw new RetryAfterError('later', timeOf())
        })
      return 'done'
    }),
  ],
  run: async ({ send, ended, notes }) => {
    expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: 'done' }])
    expect(notes).toEqual(['one', 'one', 'two', 'two'])
  },
})

export const retries: Case[] = [
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
    title: 'a NonRetriableError of a function that is tried once',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }], retries: 5 }, async () => {
        notes.push('try')
        throw new NonRetriableError('never', { cause: new Error('because') })
      }),
    ],
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Failed', output: { message: 'never' } }])
      expect(notes).toEqual(['try'])
    },
  },
  retryAfter('a RetryAfterError in a step that says when in seconds, with attempts of the step’s own', () => '1s'),
  retryAfter('a RetryAfterError in a step that says when by a date', () => new Date(Date.now() + 1_000)),
  {
    title: 'a step whose attempts are used up, which the function then catches',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], retries: 1 },
        async ({ step, attempt }) => {
          try {
            await step.run('bad', () => {
              notes.push(`bad at attempt ${attempt}`)
              throw new RetryAfterError('no good', '1s')
            })
          } catch (error) {
            const { message } = error as Error
            return await step.run('after', () => `caught ${message} at attempt ${attempt}`)
          }
        },
      ),
    ],
    run: async ({ send, ended, notes }) => {
      const [run] = await ended(await send('go'))
      expect(run).toMatchObject({ status: 'Completed', output: 'caught no good at attempt 0' })
      expect(notes).toEqual(['bad at attempt 0', 'bad at attempt 1'])
    },
  },
  {
    title: 'a function whose attempts are used up, which fails its run',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], retries: 1 },
        async ({ attempt, maxAttempts }) => {
          notes.push(`attempt ${attempt} of ${maxAttempts}`)
          throw new RetryAfterError(`no good at ${attempt}`, '1s')
        },
      ),
    ],
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Failed', output: { message: 'no good at 1' } }])
      expect(notes).toEqual(['attempt 0 of 2', 'attempt 1 of 2'])
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
]
