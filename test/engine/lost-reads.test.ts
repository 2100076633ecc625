import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Connect, connectReaders, realConnections } from '@/engine/store/connect'
import { ownDatabase } from '../support/database'
import { TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let db: pg.Client
let isLost: (name: string) => boolean

const connect: Connect = {
  ...realConnections,
  readers: (url, size) => {
    const pool = connectReaders(url, size)
    const query = pool.query.bind(pool) as (asked: { name: string }) => Promise<pg.QueryResult>
    const losing = (asked: { name: string }) =>
      isLost(asked.name) ? Promise.reject(new Error('Connection terminated unexpectedly')) : query(asked)
    return Object.assign(pool, { query: losing })
  },
}

beforeEach(async () => {
  isLost = () => false
  db = new pg.Client(database.url)
  await db.connect()
  engine = await TestEngine.start({
    databaseUrl: database.url,
    connect,
    functions: (inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ event: 'test/go' }], throttle: { limit: 1, period: '1h' } },
        async () => 'done',
      ),
    ],
  })
})

afterEach(async () => {
  await db.end()
  await engine.stop(0)
})

it('a start that a throttle has let in is counted, also when its run could not be read at first', async () => {
  const ids = await engine.send(
    { name: 'test/go', ts: Date.now() + 60_000 },
    { name: 'test/go', ts: Date.now() + 61_000 },
  )
  engine.engine.world.runs.clear()
  let losses = 0
  isLost = (name) => name === 'load_runs' && ++losses === 1
  await engine.move('2m')
  expect(losses).toBeGreaterThan(1)
  expect((await db.query('SELECT key FROM engine.throttle')).rows).toEqual([{ key: 'app-f ' }])
  const ended = (await Promise.all(ids.map((id) => engine.runsOf(id)))).flat().map(({ status }) => status)
  expect(ended.sort()).toEqual(['Completed', 'Running'])
})
