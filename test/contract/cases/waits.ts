import { expect } from 'vitest'
import type { Case } from '../contract'

export const waits: Case[] = [
  {
    title: 'a sleep, and one until an instant that is past',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
        const before = await step.run('before', () => Date.now())
        await step.sleep('nap', '1s')
        await step.sleepUntil('past', new Date(Date.now() - 60_000))
        const after = await step.run('after', () => Date.now())
        notes.push('end')
        return after - before
      }),
    ],
    run: async ({ send, ended }) => {
      const [run] = await ended(await send('go'))
      expect(run?.status).toBe('Completed')
      expect(Number(run?.output)).toBeGreaterThanOrEqual(990)
    },
  },
  {
    title: 'a sleep until an instant, named by a date or by its text',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ event, step }) => {
        await step.sleepUntil('date', new Date(Number(event.data.first)))
        const first = await step.run('first', () => Date.now())
        await step.sleepUntil('text', new Date(Number(event.data.second)).toISOString())
        return [first, await step.run('second', () => Date.now())]
      }),
    ],
    run: async ({ send, ended }) => {
      // Servers know whole seconds.
      const now = Math.ceil(Date.now() / 1_000) * 1_000
      const [first, second] = [now + 1_000, now + 2_000]
      const [run] = await ended(await send('go', { first, second }))
      const [one = 0, two = 0] = (run?.output ?? []) as number[]
      expect([one >= first, two >= second]).toEqual([true, true])
    },
  },
  {
    title: 'a wait for the event of the same key, and for no other',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
        await step.run('begin', () => notes.push('begun'))
        const reply = await step.waitForEvent('w', { event: name('reply'), timeout: '20s', match: 'data.id' })
        return (reply as { data: unknown } | null)?.data
      }),
    ],
    run: async ({ send, ended, noted }) => {
      const id = await send('go', { id: 'k1' })
      await noted('begun')
      await new Promise((resolve) => setTimeout(resolve, 700))
      await send('reply', { id: 'k2', from: 'other' })
      await send('reply', { id: 'k1', from: 'right' })
      expect(await ended(id)).toMatchObject([{ status: 'Completed', output: { id: 'k1', from: 'right' } }])
    },
  },
  {
    title: 'a wait with an expression over both events',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
        const options = {
          event: name('reply'),
          timeout: '20s',
          if: 'async.data.n > event.data.n && async.data.ok == true',
        }
        const reply = await step.waitForEvent('w', options)
        return (reply as { data: unknown } | null)?.data
      }),
    ],
    run: async ({ send, ended }) => {
      const id = await send('go', { n: 5 })
      await new Promise((resolve) => setTimeout(resolve, 700))
      await send('reply', { n: 4, ok: true })
      await send('reply', { n: 9, ok: false })
      await send('reply', { ok: true })
      await send('reply', { n: 6, ok: true })
      expect(await ended(id)).toMatchObject([{ output: { n: 6, ok: true } }])
    },
  },
  {
    title: 'a wait that times out, though its event came before it',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) =>
        step.waitForEvent('w', { event: name('early'), timeout: '1s' }),
      ),
    ],
    run: async ({ send, ended }) => {
      await send('early')
      await new Promise((resolve) => setTimeout(resolve, 100))
      const [run] = await ended(await send('go'))
      expect(run?.status).toBe('Completed')
      expect(run?.output ?? null).toBeNull()
    },
  },
]
