import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case } from '../contract'

/** Long enough for a server to show that it does more than it should. */
const A_WHILE_MS = 1_500

/** A throttle of which so many may start at once, and no more within the hour. */
const throttled = (title: string, throttle: object, keys: string[], start: string[]): Case => ({
  title,
  tag: 'portable',
  functions: (inngest, { name, notes }) => [
    inngest.createFunction(
      { id: name('f'), triggers: [{ event: name('go') }], throttle: { limit: 1, period: '1h', ...throttle } },
      async ({ event }) => void notes.push(String(event.data.k)),
    ),
  ],
  run: async ({ send, ended, runsOf, fetch, notedInAnyOrder, notes }) => {
    const ids: string[] = []
    for (const k of keys) ids.push(await send('go', { k }))
    await notedInAnyOrder(...start)
    await sleep(A_WHILE_MS)
    expect(notes).toHaveLength(start.length)
    const waiting = (await Promise.all(ids.map((id) => runsOf(id)))).flat().filter(({ status }) => status === 'Running')
    expect(waiting).toHaveLength(keys.length - start.length)
    for (const { run_id } of waiting) await fetch(`/v1/runs/${run_id}`, { method: 'DELETE' })
    for (const id of ids) await ended(id)
  },
})

export const control: Case[] = [
  {
    title: 'a throttle that delays and drops nothing',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], throttle: { limit: 1, period: '1s' } },
        async () => void notes.push(String(Date.now())),
      ),
    ],
    run: async ({ send, ended, notes }) => {
      const ids = [await send('go', { n: 1 }), await send('go', { n: 2 }), await send('go', { n: 3 })]
      for (const id of ids) await ended(id)
      const times = notes.map(Number).sort()
      expect(times).toHaveLength(3)
      // Two seconds when they go out; the first one may take its time on the way.
      expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1_000)
    },
  },
  throttled('a throttle that lets a burst go first', { burst: 2 }, ['a', 'a', 'a', 'a'], ['a', 'a', 'a']),
  throttled('a throttle for each key', { key: 'event.data.k' }, ['a', 'a', 'b'], ['a', 'b']),
  {
    title: 'a finish timeout that ends a run in its sleep',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], timeouts: { finish: '1s' } },
        async ({ step }) => {
          await step.sleep('nap', '6s')
        },
      ),
    ],
    run: async ({ send, ended }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Cancelled' }])
    },
  },
  {
    title: 'a start timeout for a run that waits for its turn',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], concurrency: 1, timeouts: { start: '1s' } },
        async () => sleep(2_500),
      ),
    ],
    run: async ({ send, ended }) => {
      const ids = [await send('go', { n: 1 }), await send('go', { n: 2 })]
      const statuses = (await Promise.all(ids.map((id) => ended(id)))).map(([run]) => run?.status)
      expect(statuses.sort()).toEqual(['Cancelled', 'Completed'])
    },
  },
  {
    title: 'a priority that goes ahead of what came before',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], concurrency: 1, priority: { run: 'event.data.p' } },
        async ({ event }) => {
          await sleep(Number(event.data.ms))
          notes.push(String(event.data.n))
        },
      ),
    ],
    run: async ({ send, ended, notes }) => {
      const first = await send('go', { n: 'first', p: 0, ms: 4_000 })
      await sleep(200)
      const low = await send('go', { n: 'low', p: 0, ms: 1 })
      const high = await send('go', { n: 'high', p: 300, ms: 1 })
      for (const id of [first, low, high]) await ended(id)
      expect(notes).toEqual(['first', 'high', 'low'])
    },
  },
]
