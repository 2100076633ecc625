import { expect } from 'vitest'
import type { Case } from '../contract'

type Told<T> = { data: T }

export const doors: Case[] = [
  {
    title: 'what the API tells of an event and of its run',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async () => 'done'),
    ],
    run: async ({ send, ended, fetch, name }) => {
      const id = await send('go', { n: 7 })
      const [run] = await ended(id)
      const told = (await (await fetch(`/v1/runs/${run?.run_id}`)).json()) as Told<object>
      expect(told.data).toMatchObject({ run_id: run?.run_id, event_id: id, status: 'Completed', output: 'done' })
      const event = (await (await fetch(`/v1/events/${id}`)).json()) as Told<object>
      expect(event.data).toMatchObject({ name: name('go'), data: { n: 7 } })
    },
  },
  {
    title: 'a server that is well says so to anybody',
    tag: 'portable',
    functions: () => [],
    run: async ({ fetch }) => {
      const response = await fetch('/health', { headers: { authorization: '' } })
      expect([response.status, await response.json()]).toMatchObject([200, { status: 200, message: 'OK' }])
    },
  },
  {
    title: 'events that are refused, by the status within the answer too',
    tag: 'portable',
    functions: () => [],
    run: async ({ eventUrl, name }) => {
      const bad = [
        { name: '', data: {} },
        { name: name('go'), data: 'a text' },
        { name: name('go'), data: {}, ts: 'soon' },
        { name: 'inngest/function.finished', data: {} },
      ]
      for (const body of [...bad.map((event) => JSON.stringify(event)), '{"name":']) {
        const headers = { 'content-type': 'application/json' }
        const response = await fetch(eventUrl, { method: 'POST', headers, body })
        const said = (await response.json()) as { status: number; error?: string }
        expect([response.status, said.status, Boolean(said.error)], body).toEqual([400, 400, true])
      }
    },
  },
  {
    title: 'events by the SDK’s own client, one and many, each with its id',
    tag: 'portable',
    functions: (inngest, { name, notes }) => [
      inngest.createFunction(
        { id: name('f'), triggers: [{ event: name('sent') }] },
        async ({ event }) => void notes.push(String(event.data.n)),
      ),
      inngest.createFunction({ id: name('sender'), triggers: [{ event: name('go') }] }, async ({ step }) =>
        step.run('send', async () => {
          const one = await inngest.send({ name: name('sent'), data: { n: 1 } })
          const many = await inngest.send([2, 3].map((n) => ({ name: name('sent'), data: { n } })))
          return [...one.ids, ...many.ids]
        }),
      ),
    ],
    run: async ({ send, ended, runsOf, notedInAnyOrder }) => {
      const [sender] = await ended(await send('go'))
      await notedInAnyOrder('1', '2', '3')
      const runs = await Promise.all(((sender?.output ?? []) as string[]).map((id) => runsOf(id)))
      expect(runs.map((each) => each.length)).toEqual([1, 1, 1])
    },
  },
]
