import { createServer, type Server } from 'node:http'
import { expect } from 'vitest'
import type { Functions } from '../../support/engine'
import type { Case, World } from '../contract'

const away =
  'Inngest’s server counts a call that found no app as an attempt; here an app that is away, or that something else answers for, uses up none.'

const oneStep = ({ name, notes }: World): Functions => {
  return (inngest) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: name('go') }], retries: 0 }, async ({ step }) =>
      step.run('a', () => notes.push('a')),
    ),
  ]
}

/** What stands on an app's port while the app itself is away. */
async function proxyAt(port: number): Promise<Server> {
  const proxy = createServer((_, response) => {
    response.writeHead(502, { 'content-type': 'text/html' })
    response.end('<html>Bad gateway</html>')
  })
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve))
  return proxy
}

const close = (server: Server) => {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
}

/** A run that sleeps while its app is deployed anew. */
const deployed = (title: string, next: (world: World) => Functions, run: Case['run']): Case => ({
  title,
  tag: 'portable',
  functions: () => [],
  run: async (world) => {
    const { name, notes, noted, openApp } = world
    const before: Functions = (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: name('go') }], retries: 0 }, async ({ step }) => {
        await step.run('a', () => notes.push('a'))
        await step.run('dropped', () => notes.push('dropped'))
        await step.sleep('nap', '2s')
      }),
    ]
    const old = await openApp(before)
    const id = await world.send('go')
    await noted('a', 'dropped')
    await new Promise((resolve) => setTimeout(resolve, 300))
    await old.close()
    await openApp(next(world), { port: old.port })
    await run({ ...world, send: async () => id })
  },
})

/** Cases that open, close and change an app of their own. */
export const apps: Case[] = [
  {
    title: 'an app that is down when its event comes, and comes back',
    tag: { ours: away },
    functions: () => [],
    run: async (world) => {
      const app = await world.openApp(oneStep(world))
      await app.close()
      const id = await world.send('go')
      await new Promise((resolve) => setTimeout(resolve, 500))
      await world.openApp(oneStep(world), { port: app.port })
      expect(await world.ended(id)).toMatchObject([{ status: 'Completed', output: 1 }])
    },
  },
  {
    title: 'an app that a proxy’s page answers for, and that comes back',
    tag: { ours: away },
    functions: () => [],
    run: async (world) => {
      const app = await world.openApp(oneStep(world))
      await app.close()
      const proxy = await proxyAt(app.port)
      const id = await world.send('go')
      await new Promise((resolve) => proxy.once('request', resolve))
      await close(proxy)
      await world.openApp(oneStep(world), { port: app.port })
      expect(await world.ended(id)).toMatchObject([{ status: 'Completed', output: 1 }])
    },
  },
  deployed(
    'a deploy with other steps while a run sleeps, which keeps what was done and runs what is new',
    ({ name, notes }) =>
      (inngest) => [
        inngest.createFunction({ id: 'f', triggers: [{ event: name('go') }], retries: 0 }, async ({ step }) => {
          await step.run('a', () => notes.push('a again'))
          await step.sleep('nap', '2s')
          return step.run('new', () => notes.push('new'))
        }),
      ],
    async ({ send, ended, notes }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Completed', output: 3 }])
      expect(notes).toEqual(['a', 'dropped', 'new'])
    },
  ),
  deployed(
    'a deploy that renames a function while its run sleeps, which fails the run',
    ({ name }) =>
      (inngest) => [
        inngest.createFunction({ id: 'renamed', triggers: [{ event: name('go') }], retries: 0 }, async () => 'other'),
      ],
    async ({ send, ended }) => {
      expect(await ended(await send('go'))).toMatchObject([{ status: 'Failed' }])
    },
  ),
]
