import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case } from '../contract'

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
]
