import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Inngest, type Middleware } from 'inngest'
import { serve } from 'inngest/node'
import type { Functions } from './engine'

export type ServerKeys = { url: string; eventKey?: string; signingKey?: string; isDev?: boolean }

/** An app of the real SDK behind a real socket, as a plain Node server. */
export type SdkApp = { url: string; inngest: Inngest; register: () => Promise<void>; close: () => Promise<void> }

type SdkAppOptions = { id?: string; streaming?: boolean; middleware?: Middleware.Class[] }

export async function startSdkApp(
  server: ServerKeys,
  functions: Functions,
  { id = 'app', streaming = false, middleware = [] }: SdkAppOptions = {},
): Promise<SdkApp> {
  const { url: baseUrl, eventKey = 'test', signingKey, isDev = false } = server
  const quiet = { info() {}, warn() {}, error() {}, debug() {} }
  const keys = signingKey ? { signingKey } : {}
  const inngest = new Inngest({ id, baseUrl, eventKey, isDev, logger: quiet, middleware, ...keys })
  const handler = serve({ client: inngest, functions: functions(inngest), streaming })
  const http = createServer((request, response) => void handler(request, response))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/api/inngest`
  return {
    url,
    inngest,
    register: async () => {
      const response = await fetch(url, { method: 'PUT' })
      if (!response.ok) throw new Error(`the app could not register: ${await response.text()}`)
    },
    close: async () => {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}
