import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { httpTransport } from '@/engine/execution/transport'

let server: Server
let answer: RequestListener
let own: ReturnType<typeof httpTransport>
let url: string

beforeEach(async () => {
  server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  own = httpTransport()
})

afterEach(async () => {
  await own.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const call = (change: object = {}) => own.transport({ url, method: 'POST', headers: {}, body: '{}', ...change })

describe('a call over a real socket', () => {
  it('brings the whole answer', async () => {
    answer = (_, response) => response.writeHead(206, { 'X-Inngest-Sdk': 'js' }).end('[1]')
    expect(await call()).toMatchObject({ status: 206, headers: { 'x-inngest-sdk': 'js' }, body: '[1]' })
  })

  it('brings an answer as it is, in whatever pieces it comes, without the mark that may stand before a text', async () => {
    const bytes = Buffer.from('\uFEFF["€", "\uFEFF"]')
    answer = (_, response) => {
      response.write(bytes.subarray(0, 6))
      setImmediate(() => response.end(bytes.subarray(6)))
    }
    expect(await call()).toMatchObject({ body: '["€", "\uFEFF"]' })
    answer = (_, response) => response.writeHead(204).end()
    expect(await call()).toMatchObject({ status: 204, body: '' })
  })

  it('fails where it can’t even be written', async () => {
    await expect(call({ url: 'nowhere' })).rejects.toMatchObject({ kind: 'reset' })
    await expect(call({ headers: { 'x-a': 'two\nlines' } })).rejects.toMatchObject({ kind: 'reset' })
  })

  it('is refused where nobody is', async () => {
    await expect(call({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({ kind: 'refused' })
    await expect(call({ url: 'http://no-such-host.invalid/' })).rejects.toMatchObject({ kind: 'refused' })
  })

  it('is withheld when it may go no more by the time that its connection is there', async () => {
    let heard = 0
    answer = (_, response) => {
      heard++
      response.end()
    }
    let connections = 0
    server.on('connection', () => connections++)
    let looks = 0
    const mayGo = () => {
      looks++
      return false
    }
    await expect(call({ mayGo })).rejects.toMatchObject({ kind: 'withheld' })
    expect({ looks, connections, heard }).toEqual({ looks: 1, connections: 1, heard: 0 })
    expect(await call({ mayGo: () => connections === 2 })).toMatchObject({ status: 200 })
  })

  it('is reset where the connection drops, before the answer or in the middle of it', async () => {
    answer = (request) => void request.socket.destroy()
    await expect(call()).rejects.toMatchObject({ kind: 'reset' })
    answer = (request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
      setImmediate(() => request.socket.destroy())
    }
    await expect(call()).rejects.toMatchObject({ kind: 'reset' })
  })

  it('is reset where no answer comes in time, or none of the rest of one', async () => {
    const hasty = httpTransport(200)
    answer = (_, response) => void (response.req.url === '/half' && response.writeHead(200).write('half'))
    await expect(hasty.transport({ url, method: 'POST', headers: {} })).rejects.toMatchObject({ kind: 'reset' })
    const half = hasty.transport({ url: `${url}half`, method: 'POST', headers: {} })
    await expect(half).rejects.toMatchObject({ kind: 'reset' })
    await hasty.close()
  })

  it('gives up an answer that is larger than a run may be', async () => {
    answer = (_, response) => response.end(Buffer.alloc(33 * 1024 * 1024, 'x'))
    await expect(call()).rejects.toMatchObject({ kind: 'too-large' })
  })

  it('follows redirects where it is asked to, and takes no key to another site', async () => {
    const elsewhere = createServer(({ method, headers }, response) =>
      response.end(JSON.stringify({ method, authorization: headers.authorization ?? null, a: headers['x-a'] })),
    )
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`
    answer = (_, response) => response.writeHead(303, { location }).end()
    const headers = { authorization: 'Bearer secret', 'x-a': 'b' }
    expect(await call({ headers })).toMatchObject({ status: 303 })
    const followed = await call({ headers, followsRedirects: true })
    expect(JSON.parse(followed.body)).toEqual({ method: 'GET', authorization: null, a: 'b' })
    elsewhere.closeAllConnections()
    await new Promise((resolve) => elsewhere.close(resolve))
  })

  it('follows no chain of redirects for ever', async () => {
    let asked = 0
    answer = (_, response) => {
      asked++
      response.writeHead(302, { location: `${url}${asked}` }).end()
    }
    expect(await call({ method: 'GET', body: undefined, followsRedirects: true })).toMatchObject({ status: 302 })
    expect(asked).toBe(11)
  })
})
