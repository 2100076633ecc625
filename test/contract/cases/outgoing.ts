import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case } from '../contract'

/** An outside site that tells what it was sent. */
export async function startEcho(
  status = 200,
  afterMs = 0,
): Promise<{ url: string; calls: () => number; close: () => void }> {
  let calls = 0
  const server = createServer(async (request, response) => {
    calls++
    const body = await textOf(request)
    const { authorization, 'x-a': a } = request.headers
    await sleep(afterMs)
    response.writeHead(status, { 'content-type': 'application/json', 'x-from': 'echo' })
    response.end(JSON.stringify({ method: request.method, path: request.url, authorization, a, body }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url, calls: () => calls, close }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

const fetched = (title: string, status: number): Case => ({
  title,
  tag: 'portable',
  functions: (inngest, { name }) => [
    inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ event, step }) => {
      const response = await step.fetch(`${event.data.url}/x?y=1`, {
        method: 'POST',
        headers: { 'x-a': 'b' },
        body: 'hello',
      })
      return { status: response.status, from: response.headers.get('x-from'), body: await response.json() }
    }),
  ],
  run: async ({ send, ended }) => {
    const echo = await startEcho(status)
    const [run] = await ended(await send('go', { url: echo.url }))
    echo.close()
    const body = { method: 'POST', path: '/x?y=1', a: 'b', body: 'hello' }
    expect(run).toMatchObject({ status: 'Completed', output: { status, from: 'echo', body } })
  },
})

export const outgoing: Case[] = [
  fetched('a call that the server makes for a step', 200),
  fetched('a call that the server makes for a step and that is answered with an error, which is an answer too', 404),
  {
    title: 'a call of a model with its key, of which the step gets the JSON',
    tag: 'portable',
    functions: (inngest, { name }) => [
      inngest.createFunction({ id: name('f'), triggers: [{ event: name('go') }] }, async ({ event, step }) => {
        const model = step.ai.models.openai({ model: 'm', apiKey: 'key-1', baseUrl: String(event.data.url) })
        return step.ai.infer('ask', { model, body: { messages: [{ role: 'user', content: 'hello' }] } })
      }),
    ],
    run: async ({ send, ended }) => {
      const echo = await startEcho()
      const [run] = await ended(await send('go', { url: echo.url }))
      echo.close()
      expect(run).toMatchObject({
        status: 'Completed',
        output: { method: 'POST', path: '/chat/completions', authorization: 'Bearer key-1' },
      })
      const output = run?.output as { body: string } | undefined
      expect(JSON.parse(output?.body ?? '')).toEqual({ model: 'm', messages: [{ role: 'user', content: 'hello' }] })
    },
  },
]
