import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Inngest, type Middleware } from 'inngest'
import { serve } from 'inngest/node'
import type { Functions } from './engine'

export type ServerKeys = { url: string; eventKey?: string; signingKey?: string; isDev?: boolean }

/** An app of the real SDK behind a real socket, as a plain Node server. */
export type SdkApp = {
  url: string
  port: number
  inngest: Inngest
  register: () => Promise<void>
  close: () => Promise<void>
}

export type SdkAppOptions = {
  id?: string
  streaming?: boolean
  middleware?: Middleware.Class[]
  port?: number
  signingKeyFallback?: string
  /** How it reaches its server, where that is not by its one address. */
  fetch?: typeof globalThis.fetch
}

export async function startSdkApp(
  server: ServerKeys,
  functions: Functions,
  options: SdkAppOptions = {},
): Promise<SdkApp> {
  const { id = 'app', streaming = false, middleware = [], port = 0, signingKeyFallback, fetch: own } = options
  const { url: baseUrl, eventKey = 'test', signingKey, isDev = false } = server
  const quiet = { info() {}, warn() {}, error() {}, debug() {} }
  const keys = {
    ...(signingKey ? { signingKey } : {}),
    ...(signingKeyFallback ? { signingKeyFallback } : {}),
    ...(own ? { fetch: own } : {}),
  }
  const inngest = new Inngest({ id, baseUrl, eventKey, isDev, logger: quiet, middleware, ...keys })
  const handler = serve({ client: inngest, functions: functions(inngest), streaming })
  const http = createServer((request, response) => void handler(request, response))
  await new Promise<void>((resolve, reject) => http.once('error', reject).listen(port, '127.0.0.1', resolve))
  const { port: ownPort } = http.address() as AddressInfo
  const url = `http://127.0.0.1:${ownPort}/api/inngest`
  return {
    url,
    port: ownPort,
    inngest,
    register: async () => {
      const response = await fetch(url, { method: 'PUT', headers: { connection: 'close' } })
      if (!response.ok) throw new Error(`the app could not register: ${await response.text()}`)
    },
    close: async () => {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}
