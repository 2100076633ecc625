import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findEnginePlace } from '@/local/engine-place'
import { createDatabase, type TestDatabase } from '../support/database'
import { EVENT_KEY, SIGNING_KEY, TestEngine } from '../support/engine'

let database: TestDatabase
let engine: TestEngine
const secrets = { sessionSecret: '', eventKey: EVENT_KEY, signingKey: SIGNING_KEY, webhookSecret: '', demoPassword: '' }

beforeEach(async () => {
  database = await createDatabase()
  engine = await TestEngine.start({ databaseUrl: database.url })
})

afterEach(async () => {
  await engine.stop()
  await database.drop()
})

/** Databases of tests are copies of one. */
async function giveOtherId(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`UPDATE engine.meta SET value = 'another' WHERE key = 'database_id'`)
  await client.end()
}

const port = () => Number(new URL(engine.url).port)

describe('an engine that runs already', () => {
  it('is adopted when it is ours, on this very database', async () => {
    expect(await findEnginePlace(port(), database.url, secrets)).toEqual({
      url: engine.url,
      port: port(),
      isAdopted: true,
    })
  })

  it('is not when it serves another database', async () => {
    const other = await createDatabase()
    await giveOtherId(other.url)
    await expect(findEnginePlace(port(), other.url, secrets)).rejects.toThrow('is taken')
    await other.drop()
  })

  it('is not when it has other keys', async () => {
    const others = { ...secrets, signingKey: `signkey-test-${'00'.repeat(32)}` }
    await expect(findEnginePlace(port(), database.url, others)).rejects.toThrow('is taken')
  })

  it('is not when it is something else that answers there', async () => {
    const server = createServer((_, response) => response.end('hello'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port: taken } = server.address() as AddressInfo
    await expect(findEnginePlace(taken, database.url, secrets)).rejects.toThrow(`Port ${taken} is taken`)
    await new Promise((resolve) => server.close(resolve))
  })
})
