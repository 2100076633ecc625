import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serveFunctions } from '@/app/api/inngest/serve-functions'
import { functions } from '@/inngest'
import { inngest } from '@/inngest/client'
import { clockOffsetMs } from '@/lib/clock'
import { ownApp } from '../support/app'
import { SIGNING_KEY } from '../support/engine'

const app = ownApp()
let server: Server
let registered: { url: string; functions: unknown[] } | undefined
let doors: ReturnType<typeof serveFunctions>

beforeEach(async () => {
  registered = undefined
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    registered = JSON.parse(Buffer.concat(chunks).toString())
    response.end('{"ok":true,"status":200,"modified":true}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  app.setEnv({
    BACKROOM_ENGINE: 'embedded',
    INNGEST_DEV: '0',
    INNGEST_BASE_URL: url,
    INNGEST_SIGNING_KEY: SIGNING_KEY,
    INNGEST_EVENT_KEY: 'e',
  })
  inngest.setEnvVars()
  doors = serveFunctions(functions)
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const ask = (method: 'POST' | 'PUT', body: string, headers: Record<string, string> = {}) =>
  doors[method](
    new Request('http://localhost:3000/api/inngest?fnId=backroom-send-email&stepId=step&x=1', {
      method,
      headers: { host: 'localhost:3000', 'content-type': 'application/json', ...headers },
      body,
    }) as never,
    {},
  )

describe('the door for calls', () => {
  it('moves no time for a call that nobody has signed', async () => {
    const answer = await ask('POST', '{"event":{"name":"x"}}', { 'x-engine-clock-offset-ms': '9000000' })
    expect(answer.status).toBe(401)
    expect(clockOffsetMs()).toBe(0)
  })

  it('registers the app where it is, whatever a stranger’s Host header says', async () => {
    await ask('PUT', '{}', { host: 'evil.example' })
    expect(registered?.url).toBe('http://localhost:3000/api/inngest')
    expect(JSON.stringify(registered)).not.toContain('evil')
  })

  it('answers nonsense with a 4xx', async () => {
    expect((await ask('POST', 'not json')).status).toBe(400)
    expect((await ask('POST', '{}', { 'content-length': '99000000' })).status).toBe(413)
  })
})
