import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case } from '../contract'

/** Tells of those who are at work at the same time, and notes where there are more of a kind than one. */
function watch(notes: string[]) {
  const busy = new Map<string, number>()
  return async (kinds: string[], ms: number) => {
    for (const kind of kinds) {
      busy.set(kind, (busy.get(kind) ?? 0) + 1)
      if ((busy.get(kind) ?? 0) > 1) notes.push(`two of ${kind}`)
    }
    await sleep(ms)
    for (const kind of kinds) busy.set(kind, (busy.get(kind) ?? 0) - 1)
  }
}

const shared = (scope: 'env' | 'account'): Case => ({
  title: `concurrency that two functions share by the scope ${scope}`,
  tag: 'portable',
  functions: (inngest, { name, notes }) => {
    const work = watch(notes)
    const limit = { limit: 1, key: `"${name('shared')}"`, scope }
    return ['a', 'b'].map((short) =>
      inngest.createFunction({ id: name(short), triggers: [{ event: name('go') }], concurrency: [limit] }, async () => {
        await work(['both'], 150)
        notes.push('done')
      }),
    )
  },
  run: async ({ send, ended, notes }) => {
    const ids = [await send('go'), await send('go')]
    for (const id of ids) await ended(id, 2)
    expect(notes).toEqual(['done', 'done', 'done', 'done'])
  },
})

export const concurrency: Case[] = [
  {
    title: 'concurrency of a function, in which a run that sleeps holds no place',
    tag: 'portable',
    functions: (inngest, { name, notes }) => {
      const work = watch(notes)
      return [
        inngest.createFunction(
          { id: name('f'), triggers: [{ event: name('go') }], concurrency: 1 },
          async ({ step }) => {
            await step.run('begin', async () => {
              await work(['f'], 100)
              notes.push('begun')
            })
            await step.sleep('nap', '4s')
            await step.run('end', async () => {
              await work(['f'], 100)
              notes.push('ended')
            })
          },
        ),
      ]
    },
    run: async ({ send, ended, notes }) => {
      const ids = [await send('go'), await send('go')]
      for (const id of ids) await ended(id)
      expect(notes).toEqual(['begun', 'begun', 'ended', 'ended'])
    },
  },
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
  shared('env'),
  shared('account'),
  {
    title: 'two limits of concurrency at once, one for all and one for each key',
    tag: 'portable',
    functions: (inngest, { name, notes }) => {
      const work = watch(notes)
      let all = 0
      return [
        inngest.createFunction(
          {
            id: name('f'),
            triggers: [{ event: name('go') }],
            concurrency: [{ limit: 2 }, { limit: 1, key: 'event.data.k' }],
          },
          async ({ event }) => {
            if (++all > 2) notes.push('three at once')
            await work([String(event.data.k)], 200)
            all--
            notes.push(String(event.data.k))
          },
        ),
      ]
    },
    run: async ({ send, ended, notes }) => {
      const ids = await Promise.all(['a', 'a', 'b', 'b', 'c', 'c'].map((k) => send('go', { k })))
      for (const id of ids) await ended(id)
      expect(notes.toSorted()).toEqual(['a', 'a', 'b', 'b', 'c', 'c'])
    },
  },
  {
    title: 'a busy key, behind which no other key waits',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        {
          id: name('f'),
          triggers: [{ event: name('go') }],
          concurrency: [{ limit: 2 }, { limit: 1, key: 'event.data.k' }],
        },
        async ({ event }) => {
          await sleep(100)
          notes.push(String(event.data.k))
        },
      ),
    ],
    run: async ({ send, ended, notes }) => {
      const ids: string[] = []
      for (let n = 0; n < 12; n++) ids.push(await send('go', { k: 'busy' }))
      const quiet = await send('go', { k: 'quiet' })
      for (const id of [...ids, quiet]) await ended(id)
      expect(notes).toHaveLength(13)
      expect(notes.at(-1)).toBe('busy')
    },
  },
]
