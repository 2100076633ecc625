import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textFetch } from '@/inngest/fetch'
import { freePort } from '@/local/ports'

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of request) body += chunk
  if (request.url === '/moved') response.writeHead(307, { location: '/there' }).end()
  else if (request.url === '/empty') response.writeHead(204).end()
  else if (request.url === '/silent') response.flushHeaders()
  else if (request.url === '/stale') response.writeHead(409, 'Stale', { 'content-type': 'application/json' }).end('{}')
  else {
    response.setHeader('set-cookie', ['a=1', 'b=2'])
    const { authorization, 'x-own': own } = request.headers
    response.end(JSON.stringify({ method: request.method, url: request.url, body, authorization, own }))
  }
}

const server = createServer((request, response) => void answer(request, response))
let url = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const headers = { Authorization: 'Bearer key', 'x-own': 'ours' }

describe('fetch for the SDK', () => {
  it.each([
    ['an object', headers],
    ['pairs', Object.entries(headers)],
    ['Headers', new Headers(headers)],
  ])('sends a text, with headers given as %s, and reads the answer', async (_, given) => {
    const options = { method: 'POST', headers: given as RequestInit['headers'], body: '{"ä":"€"}' }
    const response = await textFetch(new URL(`${url}/v1/x?y=1`), options)
    expect(response).toMatchObject({ ok: true, status: 200, statusText: 'OK' })
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    const said = { method: 'POST', url: '/v1/x?y=1', body: '{"ä":"€"}', authorization: 'Bearer key', own: 'ours' }
    expect(await response.clone().json()).toEqual(said)
    expect(JSON.parse(await response.text())).toEqual(said)
  })

  it('hands on what the server refuses by, and an answer without a body', async () => {
    const refused = await textFetch(`${url}/stale`, { method: 'POST', body: '' })
    expect(refused).toMatchObject({ ok: false, status: 409, statusText: 'Stale' })
    expect(await refused.json()).toEqual({})
    expect(await textFetch(`${url}/empty`)).toMatchObject({ status: 204, body: null })
  })

  it('follows a redirect with what it was given to send', async () => {
    const response = await textFetch(`${url}/moved`, { method: 'POST', headers, body: 'text' })
    expect(await response.json()).toMatchObject({ method: 'POST', url: '/there', body: 'text', own: 'ours' })
  })

  it('sends what is no plain text as ever', async () => {
    const bytes = await textFetch(`${url}/`, { method: 'POST', body: new TextEncoder().encode('bytes') })
    expect(await bytes.json()).toMatchObject({ body: 'bytes' })
    const request = await textFetch(new Request(`${url}/there`, { method: 'PUT', body: 'request' }))
    expect(await request.json()).toMatchObject({ method: 'PUT', url: '/there', body: 'request' })
    const moved = await textFetch(`${url}/moved`, { method: 'POST', body: '', redirect: 'manual' })
    expect(moved.status).toBe(307)
  })

  it('fails as fetch does where nobody answers, and says why', async () => {
    const away = textFetch(`http://127.0.0.1:${await freePort()}/`)
    await expect(away).rejects.toMatchObject({
      ...{ name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNREFUSED' } },
    })
  })

  it('is called off by its signal', async () => {
    const signal = AbortSignal.timeout(50)
    const answer = textFetch(`${url}/silent`, { signal })
    await expect(answer.then((response) => response.text())).rejects.toMatchObject({ name: 'TimeoutError' })
  })
})
