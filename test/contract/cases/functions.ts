import { eventType, invoke, NonRetriableError, referenceFunction } from 'inngest'
import { expect } from 'vitest'
import { z } from 'zod'
import type { Case } from '../contract'

type Failure = {
  error: Error
  event: { data: { event: { data: { n: number } } } }
  step: { run: (id: string, work: () => unknown) => Promise<unknown> }
}

export const functionsCalled: Case[] = [
  {
    title: 'an invoke that succeeds, one that fails and is caught, and one of nobody',
    tag: 'portable',
    functions: (inngest, { name }) => {
      const good = inngest.createFunction(
        { id: name('good'), triggers: [{ event: name('never') }] },
        async ({ event }) => ({ r: Number(event.data.x) * 2 }),
      )
      const bad = inngest.createFunction(
        { id: name('bad'), triggers: [{ event: name('never') }], retries: 0 },
        async () => {
          throw new NonRetriableError('callee boom')
        },
      )
      const nobody = inngest.createFunction({ id: name('nobody'), triggers: [{ event: name('never') }] }, async () => 1)
      return [
        good,
        bad,
        inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }], retries: 0 }, async ({ step }) => {
          const one = await step.invoke('one', { function: good, data: { x: 21 } })
          const two = await step.invoke('two', { function: bad, data: {} }).catch((error: Error) => error.message)
          const three = await step
            .invoke('three', { function: nobody, data: {} })
            .catch((error: Error) => error.message)
          return { one, two, three: String(three).includes('could not find function') }
        }),
      ]
    },
    run: async ({ send, ended }) => {
      expect(await ended(await send('go'))).toMatchObject([
        { output: { one: { r: 42 }, two: 'callee boom', three: true } },
      ])
    },
  },
  {
    title: 'an invoke that takes too long',
    tag: 'portable',
    functions: (inngest, { name }) => {
      const slow = inngest.createFunction(
        { id: name('slow'), triggers: [{ event: name('never') }] },
        async ({ step }) => step.sleep('nap', '5s'),
      )
      return [
        slow,
        inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }], retries: 0 }, async ({ step }) =>
          step.invoke('i', { function: slow, data: {}, timeout: '1s' }).catch((error: Error) => error.message),
        ),
      ]
    },
    run: async ({ send, ended }) => {
      expect(await ended(await send('go'))).toMatchObject([
        { output: 'Timed out waiting for invoked function to complete' },
      ])
    },
  },
  {
    title: 'an invoke of a function that nothing else can start',
    tag: 'portable',
    functions: (inngest, { name }) => {
      const callee = inngest.createFunction(
        { id: name('callee'), triggers: [invoke(z.object({ x: z.number() }))] },
        async ({ event }) => event.data.x + 1,
      )
      return [
        callee,
        inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) =>
          step.invoke('i', { function: callee, data: { x: 1 } }),
        ),
      ]
    },
    run: async ({ send, ended }) => {
      expect(await ended(await send('go'))).toMatchObject([{ output: 2 }])
    },
  },
  {
    title: 'an invoke by a reference',
    tag: 'portable',
    functions: (inngest, { name }) => {
      const callee = inngest.createFunction(
        { id: name('callee'), triggers: [{ event: name('never') }] },
        async ({ event }) => Number(event.data.x) + 1,
      )
      return [
        callee,
        inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) =>
          step.invoke('i', { function: referenceFunction({ functionId: name('callee') }), data: { x: 1 } }),
        ),
      ]
    },
    run: async ({ send, ended }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: 2 }])
    },
  },
  {
    title: 'onFailure with the error and steps of its own',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        {
          id: name('f'),
          triggers: [{ event: name('go') }],
          retries: 0,
          onFailure: async ({ error, event, step }: Failure) => {
            await step.run('note', () => notes.push(`${error.message} / ${event.data.event.data.n}`))
          },
        },
        async () => {
          throw new Error('boom')
        },
      ),
    ],
    run: async ({ send, ended, noted }) => {
      expect(await ended(await send('go', { n: 7 }))).toMatchObject([{ status: 'Failed', output: { message: 'boom' } }])
      await noted('boom / 7')
    },
  },
  {
    title: 'onFailure that fails itself, once and for all',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        {
          id: name('f'),
          triggers: [{ event: name('go') }],
          retries: 0,
          onFailure: async () => {
            notes.push('failing')
            throw new NonRetriableError('so does this')
          },
        },
        async () => {
          throw new Error('boom')
        },
      ),
    ],
    run: async ({ send, ended, notes, noted }) => {
      await ended(await send('go'))
      await noted('failing')
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(notes).toEqual(['failing'])
    },
  },
  {
    title: 'an event that does not fit the schema of its trigger',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [eventType(name('go'), { schema: z.object({ n: z.number() }) })], retries: 3 },
        async () => void notes.push('ran'),
      ),
    ],
    run: async ({ send, ended, notes }) => {
      const [run] = await ended(await send('go', { n: 'seven' }))
      expect(run?.status).toBe('Failed')
      expect(notes).toEqual([])
    },
  },
  {
    title: 'a run that is invoked and cancelled is an error to its caller',
    tag: {
      ours: 'Inngest’s server hands the caller a success with an odd payload; a cancelled callee has done nothing that its caller could build on.',
    },
    functions: (inngest, { name, notes }) => {
      const callee = inngest.createFunction(
        { id: name('callee'), triggers: [{ event: name('never') }], cancelOn: [{ event: name('stop') }] },
        async ({ step }) => {
          notes.push('sleeping')
          await step.sleep('nap', '1h')
        },
      )
      return [
        callee,
        inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) =>
          step.invoke('i', { function: callee, data: {} }).then(
            () => 'a success',
            (error: Error) => error.message,
          ),
        ),
      ]
    },
    run: async ({ send, ended, noted }) => {
      const id = await send('go')
      await noted('sleeping')
      await new Promise((resolve) => setTimeout(resolve, 200))
      await send('stop')
      expect(await ended(id)).toMatchObject([{ status: 'Completed', output: 'The invoked function was cancelled' }])
    },
  },
]
