import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case } from '../contract'

export const control: Case[] = [
  {
    title: 'concurrency for each key',
    tag: 'portable',
    functions: (inngest, { name, notes }) => {
      const busy = new Map<string, number>()
      return [
        inngest.createFunction(
          { id: name('f'), triggers: [{ event: name('go') }], concurrency: { limit: 1, key: 'event.data.k' } },
          async ({ event }) => {
            const key = String(event.data.k)
            busy.set(key, (busy.get(key) ?? 0) + 1)
            if ((busy.get(key) ?? 0) > 1) notes.push(`two of ${key}`)
            await sleep(60)
            busy.set(key, (busy.get(key) ?? 0) - 1)
            notes.push(key)
          },
        ),
      ]
    },
    run: async ({ send, ended, notes }) => {
      const ids = await Promise.all(['a', 'a', 'b', 'b'].map((k) => send('go', { k })))
      for (const id of ids) await ended(id)
      expect([...notes].sort()).toEqual(['a', 'a', 'b', 'b'])
    },
  },
  {
    title: 'concurrency that two functions share by the account’s scope',
    tag: 'portable',
    functions: (inngest, { name, notes }) => {
      let busy = 0
      const limit = { limit: 1, key: `"${name('shared')}"`, scope: 'account' as const }
      return ['a', 'b'].map((short) =>
        inngest.createFunction(
          { id: name(short), triggers: [{ event: name('go') }], concurrency: [limit] },
          async () => {
            busy++
            notes.push(`${busy} at once`)
            await sleep(150)
            busy--
          },
        ),
      )
    },
    run: async ({ send, ended, notes }) => {
      const ids = [await send('go'), await send('go')]
      for (const id of ids) await ended(id, 2)
      expect(new Set(notes)).toEqual(new Set(['1 at once']))
      expect(notes).toHaveLength(4)
    },
  },
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
    title: 'cancelling by the API, also while a step runs, whose answer is thrown away',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
        await step.run('slow', async () => {
          notes.push('slow')
          await sleep(800)
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
      await sleep(1_200)
      expect(notes).toEqual(['slow'])
    },
  },
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
      expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_900)
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
      const first = await send('go', { n: 'first', p: 0, ms: 700 })
      await sleep(200)
      const low = await send('go', { n: 'low', p: 0, ms: 1 })
      const high = await send('go', { n: 'high', p: 300, ms: 1 })
      for (const id of [first, low, high]) await ended(id)
      expect(notes).toEqual(['first', 'high', 'low'])
    },
  },
]
