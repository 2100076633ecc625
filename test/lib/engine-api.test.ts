import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { askEngine, canTimeMove, hashedKey, hasOwnEngine } from '@/lib/engine-api'
import { ownApp } from '../support/app'
import { SIGNING_KEY } from '../support/engine'

const app = ownApp()
const LIVE = {
  BACKROOM_MODE: 'live',
  INNGEST_EVENT_KEY: 'event-key',
  INNGEST_SIGNING_KEY: SIGNING_KEY,
  RESEND_API_KEY: 're_test_key',
  STRIPE_SECRET_KEY: 'sk_live_key',
  STRIPE_WEBHOOK_SECRET: 'whsec_key',
}
let server: Server | undefined

afterEach(() => {
  server?.close()
  server = undefined
})

it('the engine’s own controls are there where it drives the app, in live mode too; there time stays as it is', () => {
  const found = (change: Record<string, string | undefined>) => {
    app.setEnv(change)
    return [hasOwnEngine(), canTimeMove()]
  }
  expect(found({ BACKROOM_ENGINE: 'embedded' })).toEqual([true, true])
  expect(found({ BACKROOM_ENGINE: undefined, INNGEST_DEV: '1' })).toEqual([false, false])
  expect(found({ INNGEST_DEV: undefined, INNGEST_BASE_URL: 'http://inngest.internal' })).toEqual([false, false])
  expect(found({ ...LIVE, INNGEST_BASE_URL: undefined })).toEqual([false, false])
  expect(found({ BACKROOM_ENGINE: 'embedded' })).toEqual([true, false])
})

it('it is asked with the hashed signing key, and what is no JSON, or comes from nobody, is no answer', async () => {
  const seen: unknown[] = []
  server = createServer(({ headers, url }, response) => {
    seen.push([url, headers.authorization])
    response.statusCode = url === '/no' ? 409 : 200
    response.end(url === '/html' ? '<html>' : '{"code":"ended"}')
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const INNGEST_BASE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  app.setEnv({ ...LIVE, BACKROOM_ENGINE: 'embedded', INNGEST_BASE_URL })
  expect(await askEngine('POST', '/no', {})).toEqual({ status: 409, body: { code: 'ended' } })
  expect(await askEngine('GET', '/html')).toBeUndefined()
  expect(seen).toEqual([
    ['/no', `Bearer ${hashedKey(SIGNING_KEY)}`],
    ['/html', `Bearer ${hashedKey(SIGNING_KEY)}`],
  ])
  app.setEnv({ BACKROOM_ENGINE: 'external' })
  expect(await askEngine('GET', '/no')).toBeUndefined()
  app.setEnv({ BACKROOM_ENGINE: 'embedded', INNGEST_BASE_URL: 'http://127.0.0.1:1' })
  expect(await askEngine('GET', '/no')).toBeUndefined()
  expect(seen).toHaveLength(2)
})
