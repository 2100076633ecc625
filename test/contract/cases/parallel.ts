import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case } from '../contract'
import { startEcho } from './outgoing'

function noted(notes: string[], note: string): string {
  notes.push(note)
  return note
}

export const parallel: Case[] = [
  {
    title: 'a group of a step, a sleep, a wait and an invoke, and what comes after it',
    tag: 'portable',
    functions: (inngest, { name, notes }) => {
      const callee = inngest.createFunction(
        { id: name('callee'), triggers: [{ event: name('never') }] },
        async ({ event }) => ({ r: Number(event.data.x) * 2 }),
      )
      return [
        callee,
        inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
          await step.run('first', () => notes.push('first'))
          const [a, , b, c] = await Promise.all([
            step.run('a', () => notes.push('a')),
            step.sleep('nap', '1s'),
            step.waitForEvent('w', { event: name('never-sent'), timeout: '1s' }),
            step.invoke('i', { function: callee, data: { x: 21 } }),
          ])
          await step.run('last', () => notes.push('last'))
          return [typeof a, b, c]
        }),
      ]
    },
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([
        { status: 'Completed', output: ['number', null, { r: 42 }] },
      ])
      expect(notes).toEqual(['first', 'a', 'last'])
    },
  },
  {
    title: 'chains beside each other, each step once',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
        const chain = async (id: string) => {
          const one = await step.run(`${id}1`, () => noted(notes, `${id}1`))
          return one + (await step.run(`${id}2`, () => noted(notes, `${id}2`)))
        }
        return await Promise.all([chain('a'), chain('b'), chain('c')])
      }),
    ],
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ output: ['a1a2', 'b1b2', 'c1c2'] }])
      expect([...notes].sort()).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2'])
    },
  },
  {
    title: 'a slow step beside a quick one, which is not run a second time while it is under way',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
        const slow = async () => {
          notes.push('slow')
          await sleep(1_200)
          return 'slow'
        }
        return await Promise.all([step.run('quick', () => noted(notes, 'quick')), step.run('slow', slow)])
      }),
    ],
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ output: ['quick', 'slow'] }])
      expect([...notes].sort()).toEqual(['quick', 'slow'])
    },
  },
  {
    title: 'a chain beside a long wait goes on at once',
    tag: {
      ours: 'Inngest’s server looks again only when the whole group has ended, so a wait holds back the chain beside it; here each completion counts.',
    },
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
        const chain = async () => {
          await step.run('a', () => notes.push('a'))
          await step.run('b', () => notes.push('b'))
        }
        await Promise.all([chain(), step.waitForEvent('w', { event: name('reply'), timeout: '30d' })])
        return 'done'
      }),
    ],
    run: async ({ send, ended, noted }) => {
      const id = await send('go')
      await noted('a', 'b')
      await send('reply')
      expect(await ended(id)).toMatchObject([{ status: 'Completed', output: 'done' }])
    },
  },
  {
    title: 'what comes after a race begins at once, though the loser sleeps for a month',
    tag: {
      ours: 'Inngest’s server waits for the loser before it looks for what comes next; here the code after the race runs at once. The run itself ends when the loser does, as there.',
    },
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
        const winner = await Promise.race([step.run('quick', () => 'quick'), step.sleep('slow', '30d')])
        await step.run('after', () => notes.push(`after ${winner}`))
      }),
    ],
    run: async ({ send, noted, runsOf }) => {
      const id = await send('go')
      await noted('after quick')
      expect(await runsOf(id)).toMatchObject([{ status: 'Running' }])
    },
  },
  {
    title: 'what is open beside a chain, and reported again with each of its steps, is begun once',
    tag: 'portable',
    functions: (inngest, { name, notes }) => {
      const callee = inngest.createFunction(
        { id: name('callee'), triggers: [{ event: name('never') }] },
        async ({ step }) => {
          await step.run('called', () => notes.push('called'))
          await step.sleep('nap', '2s')
          return 'callee'
        },
      )
      return [
        callee,
        inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ event, step }) => {
          const chain = async () => {
            for (const id of ['a', 'b', 'c']) await step.run(id, () => notes.push(id))
            return 'chain'
          }
          const slow = async () => {
            notes.push('slow')
            await sleep(1_000)
            return 'slow'
          }
          const fetched = async () => (await step.fetch(String(event.data.url))).status
          return await Promise.all([
            chain(),
            step.run('slow', slow),
            step.invoke('i', { function: callee, data: {} }),
            fetched(),
            step.waitForEvent('w', { event: name('never-sent'), timeout: '2s' }),
            step.waitForSignal('s', { signal: name('s'), timeout: '2s', onConflict: 'fail' }),
            step.sleep('nap', '2s').then(() => 'slept'),
          ])
        }),
      ]
    },
    run: async ({ send, ended, notes }) => {
      const echo = await startEcho(200, 1_000)
      const [run] = await ended(await send('go', { url: echo.url }))
      echo.close()
      expect(run).toMatchObject({
        status: 'Completed',
        output: ['chain', 'slow', 'callee', 200, null, null, 'slept'],
      })
      expect(notes.toSorted()).toEqual(['a', 'b', 'c', 'called', 'slow'])
      expect(echo.calls()).toBe(1)
    },
  },
  {
    title: 'steps beside each other without the SDK’s optimisation of them, each once',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }], optimizeParallelism: false },
        async ({ step }) => {
          const pair = await Promise.all(['a', 'b'].map((id) => step.run(id, () => noted(notes, id))))
          return [...pair, await step.run('last', () => noted(notes, 'last'))]
        },
      ),
    ],
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: ['a', 'b', 'last'] }])
      expect(notes.toSorted()).toEqual(['a', 'b', 'last'])
    },
  },
  {
    title: 'a race that is called one, in which what comes after it begins before the loser is done',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step, group }) => {
        const winner = await group.parallel({ mode: 'race' }, () =>
          Promise.race([step.run('quick', () => 'quick'), step.sleep('slow', '8s').then(() => noted(notes, 'slow'))]),
        )
        await step.run('after', () => notes.push(`after ${winner}`))
        return winner
      }),
    ],
    run: async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: 'quick' }])
      expect(notes[0]).toBe('after quick')
      expect(notes.filter((note) => note === 'after quick')).toHaveLength(1)
    },
  },
]
