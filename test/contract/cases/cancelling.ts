import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case } from '../contract'

export const cancelling: Case[] = [
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
]
