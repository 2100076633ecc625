import { expect } from 'vitest'
import type { Case } from '../contract'

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

export const events: Case[] = [
  {
    title: 'an id that comes again starts nothing again',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('go') }] },
        async ({ event }) => void notes.push(String(event.id)),
      ),
    ],
    run: async ({ send, ended, name, notes }) => {
      const id = name('fact')
      await ended(await send('go', {}, { id }))
      await send('go', {}, { id })
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(notes).toEqual([id])
    },
  },
  {
    title: 'an event of the future starts its function then',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ event }) => {
        notes.push('ran')
        return Date.now() - Number(event.ts)
      }),
    ],
    run: async ({ send, ended, notes }) => {
      const id = await send('go', {}, { ts: Date.now() + 1_500 })
      await new Promise((resolve) => setTimeout(resolve, 700))
      expect(notes).toEqual([])
      const [run] = await ended(id)
      expect(Number(run?.output)).toBeGreaterThanOrEqual(-5)
    },
  },
  {
    title: 'wildcards and conditions of triggers',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('all'), triggers: [{ event: `${name('room')}/*` }] },
        async ({ event }) => void notes.push(`all ${event.data.n}`),
      ),
      inngest.createFunction(
        { id: name('some'), triggers: [{ event: `${name('room')}/a`, if: 'event.data.n > 1' }] },
        async ({ event }) => void notes.push(`some ${event.data.n}`),
      ),
      inngest.createFunction(
        { id: name('twice'), triggers: [{ event: `${name('room')}/a` }, { event: `${name('room')}/*` }] },
        async ({ event }) => void notes.push(`twice ${event.data.n}`),
      ),
    ],
    run: async ({ send, ended, notes }) => {
      await ended(await send('room/a', { n: 1 }), 2)
      await ended(await send('room/a', { n: 2 }), 3)
      expect([...notes].sort()).toEqual(['all 1', 'all 2', 'some 2', 'twice 1', 'twice 2'])
    },
  },
  {
    title: 'events that a function sends, by a step of its own and inside one',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('listener'), triggers: [{ event: name('sent') }] },
        async ({ event: { id = '', data } }) =>
          void notes.push(`${/^[0-9A-Z]{26}$/.test(id) ? 'an id of the server’s' : id} ${data.n}`),
      ),
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ step }) => {
        const { ids } = await step.sendEvent('send', [
          { name: name('sent'), data: { n: 1 }, id: name('one') },
          { name: name('sent'), data: { n: 2 }, id: name('two') },
        ])
        await step.run('inside', () => inngest.send({ name: name('sent'), data: { n: 3 } }))
        return ids
      }),
    ],
    run: async ({ send, ended, name, runsOf, notedInAnyOrder }) => {
      const [run] = await ended(await send('go'))
      await notedInAnyOrder(`${name('one')} 1`, `${name('two')} 2`, 'an id of the server’s 3')
      const ids = run?.output as string[]
      for (const id of ids) expect(await runsOf(id)).toHaveLength(1)
      expect(new Set(ids).size).toBe(2)
    },
  },
  {
    title: 'finish events with their shapes',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        {
          id: name('listener'),
          triggers: [{ event: 'inngest/function.finished', if: `event.data.function_id.endsWith("${name('f')}")` }],
        },
        async ({ event }) => {
          const {
            result,
            run_id,
            event: trigger,
          } = event.data as { result: unknown; run_id: string; event: { data: unknown } }
          notes.push(JSON.stringify({ result, hasRun: run_id.length === 26, data: trigger.data }))
        },
      ),
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async () => ({ ok: true })),
    ],
    run: async ({ send, ended, noted }) => {
      await ended(await send('go', { n: 1 }))
      await noted(JSON.stringify({ result: { ok: true }, hasRun: true, data: { n: 1 } }))
    },
  },
  {
    title: 'failed and cancelled events, with the id of the run and the shapes that listeners read',
    tag: 'portable',
    functions: (inngest, { name, notes }) => {
      const isOurs = `event.data.function_id.endsWith("${name('bad')}") || event.data.function_id.endsWith("${name('idle')}")`
      const listener = (kind: string) =>
        inngest.createFunction(
          { id: name(kind), triggers: [{ event: `inngest/function.${kind}`, if: isOurs }] },
          async ({ event }) => {
            const { error, run_id } = event.data as { error?: { message: string }; run_id: string }
            notes.push(`${kind}: ${error?.message ?? 'no error'}, ${event.id === run_id}`)
          },
        )
      return [
        listener('failed'),
        listener('cancelled'),
        inngest.createFunction({ id: name('bad'), triggers: [{ event: name('go') }], retries: 0 }, async () => {
          throw new Error('boom')
        }),
        inngest.createFunction(
          { id: name('idle'), triggers: [{ event: name('wait') }], cancelOn: [{ event: name('stop') }] },
          async ({ step }) => step.sleep('nap', '1h'),
        ),
      ]
    },
    run: async ({ send, ended, notedInAnyOrder }) => {
      await ended(await send('go'))
      const waiting = await send('wait')
      await new Promise((resolve) => setTimeout(resolve, 700))
      await send('stop')
      await ended(waiting)
      await notedInAnyOrder('cancelled: no error, true', 'failed: boom, true')
    },
  },
  {
    title: 'the same seed gives the same ids',
    tag: 'portable',
    functions: () => [],
    run: async ({ eventUrl, name }) => {
      const headers = { 'x-inngest-event-id-seed': `${Date.now()},${Buffer.from('0123456789').toString('base64')}` }
      const send = async () =>
        (await (
          await post(
            eventUrl,
            [
              { name: name('x'), data: {} },
              { name: name('y'), data: {} },
            ],
            headers,
          )
        ).json()) as { ids: string[] }
      const first = await send()
      expect(first.ids).toHaveLength(2)
      expect((await send()).ids).toEqual(first.ids)
    },
  },
  {
    title: 'a bad event in an array, of which nothing is taken',
    tag: {
      ours: 'Inngest’s server takes the events before the bad one, so that sending the mended array again sends those twice; here it is all or nothing.',
    },
    functions: (inngest, { name, notes }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async () => void notes.push('ran')),
    ],
    run: async ({ eventUrl, name, notes }) => {
      const response = await post(eventUrl, [
        { name: name('go'), data: {} },
        { name: '', data: {} },
      ])
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ status: 400, error: expect.stringContaining('events.1.name') })
      await new Promise((resolve) => setTimeout(resolve, 200))
      expect(notes).toEqual([])
    },
  },
]
