import { expect } from 'vitest'
import type { Case } from '../contract'

/** Cases that keep a process busy for a while. */
export const limits: Case[] = [
  {
    title: 'a run of more than 1,000 steps, which fails by name',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }], retries: 0 }, async ({ step }) =>
        Promise.all(Array.from({ length: 1_001 }, (_, n) => step.sleep(`nap-${n}`, '1h'))),
      ),
    ],
    run: async ({ send, ended }) => {
      expect(await ended(await send('go'))).toMatchObject([
        {
          status: 'Failed',
          output: {
            name: 'InngestErrFunctionOverflowed',
            message: 'The function run exceeded the step limit of 1000 steps.',
          },
        },
      ])
    },
  },
]
