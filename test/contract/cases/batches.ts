import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case } from '../contract'

/** Long enough for a server to show that it does more than it should. */
const A_WHILE_MS = 1_500

/** A batch as it is noted: the numbers of its events. */
const numbersOf = (events: { data: { n: number } }[]) => events.map(({ data }) => data.n).join('+')

export const batches: Case[] = [
  {
    title: 'a batch that starts when it is full, and one when its time is over',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], batchEvents: { maxSize: 3, timeout: '2s' } },
        async ({ event, events }) => {
          notes.push(numbersOf(events))
          if (event.id !== events[0].id) notes.push('another event stands first')
        },
      ),
    ],
    run: async ({ send, noted }) => {
      for (const n of [1, 2, 3, 4, 5]) await send('go', { n })
      await noted('1+2+3', '4+5')
    },
  },
  {
    title: 'a batch for each key, which holds an event that is sent twice once',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        {
          id: name('f'),
          triggers: [{ event: name('go') }],
          batchEvents: { maxSize: 10, timeout: '2s', key: 'event.data.k' },
        },
        async ({ events }) => void notes.push(numbersOf(events)),
      ),
    ],
    run: async ({ send, name, notedInAnyOrder }) => {
      await send('go', { n: 1, k: 'a' }, { id: name('one') })
      await send('go', { n: 2, k: 'b' })
      await send('go', { n: 1, k: 'a' }, { id: name('one') })
      await send('go', { n: 3, k: 'a' })
      await notedInAnyOrder('1+3', '2')
    },
  },
  {
    title: 'an event for which the condition of a batch does not hold starts a run at once',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        {
          id: name('f'),
          triggers: [{ event: name('go') }],
          batchEvents: { maxSize: 2, timeout: '30s', if: 'event.data.n < 10' },
        },
        async ({ events }) => void notes.push(numbersOf(events)),
      ),
    ],
    run: async ({ send, noted }) => {
      await send('go', { n: 1 })
      await send('go', { n: 11 })
      await noted('11')
      await send('go', { n: 2 })
      await noted('11', '1+2')
    },
  },
  {
    title: 'one finish event for a batch, with all of its events',
    tag: {
      ours: 'Inngest’s server raises one for each event of the batch; here a listener hears of each run once, as it does of any other run.',
    },
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        {
          id: name('listener'),
          triggers: [{ event: 'inngest/function.finished', if: `event.data.function_id.endsWith("${name('f')}")` }],
        },
        async ({ event }) => void notes.push(numbersOf(event.data.events as { data: { n: number } }[])),
      ),
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], batchEvents: { maxSize: 2, timeout: '30s' } },
        async () => 'done',
      ),
    ],
    run: async ({ send, ended, notes }) => {
      const ids = [await send('go', { n: 1 }), await send('go', { n: 2 })]
      for (const id of ids) expect(await ended(id)).toMatchObject([{ status: 'Completed', output: 'done' }])
      await sleep(A_WHILE_MS)
      expect(notes).toEqual(['1+2'])
    },
  },
  {
    title: 'the key of a concurrency limit counts for a batch as for its first event',
    tag: {
      ours: 'Inngest’s documentation says that the key is ignored for batched functions; here batches of one key run one after the other, those of different keys side by side.',
    },
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        {
          id: name('f'),
          triggers: [{ event: name('go') }],
          batchEvents: { maxSize: 2, timeout: '30s', key: 'event.data.k' },
          concurrency: { limit: 1, key: 'event.data.k' },
        },
        async ({ event }) => {
          notes.push(`${event.data.k} begins`)
          await sleep(300)
          notes.push(`${event.data.k} ends`)
        },
      ),
    ],
    run: async ({ send, ended, notes }) => {
      const ids: string[] = []
      for (const k of ['a', 'a', 'b', 'b', 'a', 'a']) ids.push(await send('go', { n: 0, k }))
      for (const id of ids) await ended(id)
      expect(notes.filter((note) => note.startsWith('a'))).toEqual(['a begins', 'a ends', 'a begins', 'a ends'])
      expect(notes.indexOf('b begins')).toBeLessThan(notes.lastIndexOf('a begins'))
    },
  },
  {
    title: 'a batched function with a rate limit or an idempotency key is refused',
    tag: {
      ours: 'Inngest’s documentation says that they don’t go together, and its server takes such a function and ignores the one; here it is refused by name.',
    },
    functions: () => [],
    run: async ({ fetch, name }) => {
      const url = 'http://127.0.0.1:1/api/inngest'
      const config = {
        id: name('f'),
        triggers: [{ event: name('go') }],
        steps: { step: { id: 'step', runtime: { type: 'http', url } } },
        batchEvents: { maxSize: 2, timeout: '5s' },
        rateLimit: { limit: 1, period: '1h' },
        idempotency: 'event.data.id',
      }
      const response = await fetch('/fn/register', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ appName: name('app'), url, sdk: 'test', functions: [config] }),
      })
      expect(response.status).toBe(400)
      expect(await response.text()).toContain('rateLimit, idempotency')
    },
  },
]
