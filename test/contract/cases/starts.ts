import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case } from '../contract'

/** Long enough for a server to show that it does more than it should. */
const A_WHILE_MS = 1_500

export const starts: Case[] = [
  {
    title: 'a debounce that starts one run for the last event of each key',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], debounce: { period: '6s', key: 'event.data.k' } },
        async ({ event }) => void notes.push(String(event.data.n)),
      ),
    ],
    run: async ({ send, notes, notedInAnyOrder }) => {
      await send('go', { n: 1, k: 'a' })
      await send('go', { n: 2, k: 'b' })
      await sleep(1_000)
      await send('go', { n: 3, k: 'a' })
      await notedInAnyOrder('2', '3')
      await sleep(A_WHILE_MS)
      expect(notes).toHaveLength(2)
    },
  },
  {
    title: 'a debounce that waits no longer than its timeout',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], debounce: { period: '3s', timeout: '4s' } },
        async ({ event }) => void notes.push(String(event.data.n)),
      ),
    ],
    run: async ({ send, notes }) => {
      for (let n = 0; n < 14 && notes.length === 0; n++) {
        await send('go', { n })
        await sleep(600)
      }
      expect(notes.length).toBeGreaterThan(0)
    },
  },
  {
    title: 'a rate limit of one a minute, for each key',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        {
          id: name('f'),
          triggers: [{ event: name('go') }],
          rateLimit: { limit: 1, period: '1m', key: 'event.data.k' },
        },
        async ({ event }) => void notes.push(String(event.data.n)),
      ),
    ],
    run: async ({ send, notes, notedInAnyOrder }) => {
      for (const [n, k] of ['a', 'a', 'b', 'a', 'b'].entries()) await send('go', { n, k })
      await notedInAnyOrder('0', '2')
      await sleep(A_WHILE_MS)
      expect(notes).toHaveLength(2)
    },
  },
  {
    title: 'a rate limit that lets in again when its period is over',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], rateLimit: { limit: 1, period: '2s' } },
        async ({ event }) => void notes.push(String(event.data.n)),
      ),
    ],
    run: async ({ send, noted }) => {
      await send('go', { n: 1 })
      await send('go', { n: 2 })
      await noted('1')
      await sleep(2_100)
      await send('go', { n: 3 })
      await noted('1', '3')
    },
  },
  {
    title: 'a rate limit lets in as many at once as it says',
    tag: {
      ours: 'Inngest’s server spreads them evenly over the period and lets in at once only one and a tenth of the limit; here the limit is what its documentation says: so many starts in any stretch as long as the period.',
    },
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], rateLimit: { limit: 5, period: '1m' } },
        async ({ event }) => void notes.push(String(event.data.n)),
      ),
    ],
    run: async ({ send, ended, notes }) => {
      const ids: string[] = []
      for (let n = 0; n < 8; n++) ids.push(await send('go', { n }))
      for (const id of ids.slice(0, 5)) await ended(id)
      await sleep(A_WHILE_MS)
      expect([...notes].sort()).toEqual(['0', '1', '2', '3', '4'])
    },
  },
  {
    title: 'an invoke of a function whose rate limit is reached',
    tag: 'portable',
    functions: (inngest, { name }) => {
      const callee = inngest.createFunction(
        { id: name('callee'), triggers: [{ event: name('never') }], rateLimit: { limit: 1, period: '1m' } },
        async () => 'ran',
      )
      return [
        callee,
        inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }], retries: 0 }, async ({ step }) => {
          const one = await step.invoke('one', { function: callee, data: {} })
          const two = await step.invoke('two', { function: callee, data: {} }).catch((error: Error) => error.message)
          return [one, String(two).includes('rate limited')]
        }),
      ]
    },
    run: async ({ send, ended }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: ['ran', true] }])
    },
  },
  {
    title: 'an idempotency key that lets a function run once',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], idempotency: 'event.data.k' },
        async ({ event }) => void notes.push(String(event.data.n)),
      ),
    ],
    run: async ({ send, notes, notedInAnyOrder }) => {
      for (const [n, k] of ['a', 'a', 'b', 'a'].entries()) await send('go', { n, k })
      await notedInAnyOrder('0', '2')
      await sleep(A_WHILE_MS)
      expect(notes).toHaveLength(2)
    },
  },
  {
    title: 'a singleton that skips what comes while its run is active',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], singleton: { mode: 'skip', key: 'event.data.k' } },
        async ({ event, step }) => {
          await step.run('note', () => notes.push(String(event.data.n)))
          await step.sleep('nap', '2s')
        },
      ),
    ],
    run: async ({ send, ended, notes, noted }) => {
      const first = await send('go', { n: 1, k: 'a' })
      await noted('1')
      await send('go', { n: 2, k: 'a' })
      const other = await send('go', { n: 3, k: 'b' })
      for (const id of [first, other]) expect(await ended(id)).toMatchObject([{ status: 'Completed' }])
      await ended(await send('go', { n: 4, k: 'a' }))
      expect(notes).toEqual(['1', '3', '4'])
    },
  },
  {
    title: 'a singleton without a key, which is one for all events',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], singleton: { mode: 'skip' } },
        async ({ event, step }) => {
          await step.run('note', () => notes.push(String(event.data.n)))
          await step.sleep('nap', '1s')
        },
      ),
    ],
    run: async ({ send, ended, noted, notes }) => {
      const first = await send('go', { n: 1 })
      await noted('1')
      await send('go', { n: 2 })
      await ended(first)
      await ended(await send('go', { n: 3 }))
      expect(notes).toEqual(['1', '3'])
    },
  },
  {
    title: 'a singleton that cancels its active run for what comes',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], singleton: { mode: 'cancel', key: 'event.data.k' } },
        async ({ event, step }) => {
          await step.run('note', () => notes.push(String(event.data.n)))
          await step.sleep('nap', '2s')
          return event.data.n
        },
      ),
    ],
    run: async ({ send, ended, noted }) => {
      const first = await send('go', { n: 1, k: 'a' })
      await noted('1')
      await sleep(500)
      const second = await send('go', { n: 2, k: 'a' })
      expect(await ended(first)).toMatchObject([{ status: 'Cancelled' }])
      expect(await ended(second)).toMatchObject([{ status: 'Completed', output: 2 }])
    },
  },
]
