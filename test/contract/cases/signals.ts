import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case, World } from '../contract'

/** Sends a signal again and again until a run waits for it: it is not kept for one that comes later. */
async function signalled({ fetch, name }: World, short: string, data: unknown): Promise<string> {
  const signal = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ signal: name(short), data }),
  }
  for (;;) {
    const response = await fetch('/v1/signals', signal)
    if (response.ok) return ((await response.json()) as { data: { run_id: string } }).data.run_id
    expect(response.status).toBe(404)
    await sleep(50)
  }
}

const conflict = (title: string, onConflict: 'fail' | 'replace', run: Case['run']): Case => ({
  title,
  tag: 'portable',
  functions: (inngest, { name, notes }) => [
    inngest.createFunction(
      { id: name('f'), triggers: [{ event: name('go') }], retries: 0 },
      async ({ event, step }) => {
        await step.run('note', () => notes.push(String(event.data.n)))
        const got = await step.waitForSignal('w', { signal: name('s'), timeout: '3s', onConflict })
        return got === null ? 'nothing' : got.data
      },
    ),
  ],
  run,
})

/** Two runs that wait for the same signal, the second one surely after the first. */
async function twoWaiters({ send, noted }: World): Promise<[string, string]> {
  const first = await send('go', { n: 1 })
  await noted('1')
  await sleep(700)
  return [first, await send('go', { n: 2 })]
}

export const signals: Case[] = [
  {
    title: 'a wait for a signal, which is sent with data to the one run that waits',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) =>
        step.waitForSignal('w', { signal: name('s'), timeout: '20s', onConflict: 'fail' }),
      ),
    ],
    run: async (world) => {
      const id = await world.send('go')
      const runId = await signalled(world, 's', { n: 7 })
      expect(await world.ended(id)).toMatchObject([
        { run_id: runId, status: 'Completed', output: { signal: world.name('s'), data: { n: 7 } } },
      ])
    },
  },
  {
    title: 'a wait for a signal that times out',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => ({
        got: await step.waitForSignal('w', { signal: name('s'), timeout: '1s', onConflict: 'fail' }),
      })),
    ],
    run: async ({ send, ended }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: { got: null } }])
    },
  },
  {
    title: 'a signal that a step sends, to a run that waits and to nobody',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction({ id: name('waiter'), triggers: [{ event: name('wait') }] }, async ({ step }) => {
        const got = await step.waitForSignal('w', { signal: name('s'), timeout: '20s', onConflict: 'fail' })
        return got?.data
      }),
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
        const one = await step.sendSignal('one', { signal: name('s'), data: 'hello' })
        const two = await step.sendSignal('two', { signal: name('nobody'), data: 'hello' })
        return [one.runId ?? null, two.runId ?? null]
      }),
    ],
    run: async ({ send, ended }) => {
      const waiting = await send('wait')
      await sleep(1_000)
      const [sender] = await ended(await send('go'))
      const [waiter] = await ended(waiting)
      expect(waiter).toMatchObject({ status: 'Completed', output: 'hello' })
      expect(sender).toMatchObject({ status: 'Completed', output: [waiter?.run_id, null] })
    },
  },
  conflict('a second wait for a signal that fails its own run', 'fail', async (world) => {
    const [first, second] = await twoWaiters(world)
    expect(await world.ended(second)).toMatchObject([
      { status: 'Failed', output: { message: 'Signal conflict; signal wait already exists for another run' } },
    ])
    await signalled(world, 's', 'for the first')
    expect(await world.ended(first)).toMatchObject([{ status: 'Completed', output: 'for the first' }])
  }),
  conflict('a second wait for a signal that takes the place of the first', 'replace', async (world) => {
    const [first, second] = await twoWaiters(world)
    await world.noted('1', '2')
    await sleep(700)
    await signalled(world, 's', 'for the second')
    expect(await world.ended(second)).toMatchObject([{ status: 'Completed', output: 'for the second' }])
    expect(await world.ended(first)).toMatchObject([{ status: 'Completed', output: 'nothing' }])
  }),
]
