import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case } from '../contract'

export const cancelling: Case[] = [
  {
    title: 'cancelOn while a run sleeps, for the run of the same key alone',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], cancelOn: [{ event: name('stop'), match: 'data.id' }] },
        async ({ step }) => {
          await step.sleep('nap', '2s')
          return 'done'
        },
      ),
    ],
    run: async ({ send, ended }) => {
      const [one, two] = [await send('go', { id: 1 }), await send('go', { id: 2 })]
      await sleep(700)
      await send('stop', { id: 1 })
      expect(await ended(one)).toMatchObject([{ status: 'Cancelled' }])
      expect(await ended(two)).toMatchObject([{ status: 'Completed', output: 'done' }])
    },
  },
  {
    title: 'cancelOn by an expression over both events',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        {
          id: name('f'),
          triggers: [{ event: name('go') }],
          cancelOn: [{ event: name('stop'), if: 'async.data.n > event.data.n' }],
        },
        async ({ event, step }) => {
          await step.run('begin', () => notes.push(`${event.data.n} begun`))
          await step.sleep('nap', '3s')
        },
      ),
    ],
    run: async ({ send, ended, notedInAnyOrder }) => {
      const [low, high] = [await send('go', { n: 1 }), await send('go', { n: 9 })]
      await notedInAnyOrder('1 begun', '9 begun')
      await sleep(700)
      await send('stop', { n: 5 })
      expect(await ended(low)).toMatchObject([{ status: 'Cancelled' }])
      expect(await ended(high)).toMatchObject([{ status: 'Completed' }])
    },
  },
  {
    title: 'cancelOn that no longer holds once its timeout is over',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], cancelOn: [{ event: name('stop'), timeout: '1s' }] },
        async ({ step }) => step.sleep('nap', '4s'),
      ),
    ],
    run: async ({ send, ended }) => {
      const id = await send('go')
      await sleep(2_500)
      await send('stop')
      expect(await ended(id)).toMatchObject([{ status: 'Completed' }])
    },
  },
  {
    title: 'cancelOn while a step runs, whose answer is thrown away',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], cancelOn: [{ event: name('stop') }] },
        async ({ step }) => {
          await step.run('slow', async () => {
            notes.push('slow')
            await sleep(1_500)
          })
          await step.run('after', () => notes.push('after'))
        },
      ),
    ],
    run: async ({ send, ended, noted, notes }) => {
      const id = await send('go')
      await noted('slow')
      await sleep(300)
      await send('stop')
      expect(await ended(id)).toMatchObject([{ status: 'Cancelled' }])
      await sleep(1_500)
      expect(notes).toEqual(['slow'])
    },
  },
  {
    title: 'cancelling by the API, also while a step runs, whose answer is thrown away',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
        await step.run('slow', async () => {
          notes.push('slow')
          await sleep(5_000)
        })
        await step.run('after', () => notes.push('after'))
      }),
    ],
    run: async ({ send, ended, runsOf, notes, fetch, noted }) => {
      const id = await send('go')
      await noted('slow')
      const [run] = await runsOf(id)
      expect((await fetch(`/v1/runs/${run?.run_id}`, { method: 'DELETE' })).ok).toBe(true)
      expect(await ended(id)).toMatchObject([{ status: 'Cancelled' }])
      await sleep(5_500)
      expect(notes).toEqual(['slow'])
    },
  },
]
