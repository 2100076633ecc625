import type { AddressInfo } from 'node:net'
import pg from 'pg'
import pino from 'pino'
import { createApi } from '@/engine/api/server'
import { hashedKey } from '@/engine/execution/signature'
import { startEngine } from '@/engine/index'
import { createDatabase } from '../support/database'
import { EVENT_KEY, SIGNING_KEY } from '../support/engine'
import type { ServerKeys } from '../support/sdk-app'

export type ContractServer = ServerKeys & {
  authorization: string
  /** The engine's own database; only ours can be looked into. */
  database?: pg.Pool
  stop: () => Promise<void>
}

/** The server that the cases run against: the one at INNGEST_SERVER_URL, or our engine. */
export async function openServer(): Promise<ContractServer> {
  const foreign = process.env.INNGEST_SERVER_URL
  if (foreign) return { url: foreign, isDev: true, authorization: '', stop: async () => {} }
  const database = await createDatabase()
  const pool = new pg.Pool({ connectionString: database.url, max: 4 })
  const engine = await startEngine({
    databaseUrl: database.url,
    log: pino({ level: 'silent' }),
    signingKey: SIGNING_KEY,
  })
  const keys = { eventKey: EVENT_KEY, signingKey: SIGNING_KEY, signingKeyFallback: undefined }
  const api = createApi(engine, { mode: 'local', keys, hostNames: [] })
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
    eventKey: EVENT_KEY,
    signingKey: SIGNING_KEY,
    database: pool,
    authorization: `Bearer ${hashedKey(SIGNING_KEY)}`,
    stop: async () => {
      await engine.stop(0)
      api.closeAllConnections()
      await new Promise((resolve) => api.close(resolve))
      await pool.end()
      await database.drop()
    },
  }
}
