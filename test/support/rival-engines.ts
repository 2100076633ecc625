import pg from 'pg'
import { afterEach, beforeEach } from 'vitest'
import { LEASE } from '@/engine/loop/lease'
import { ownDatabase } from './database'
import { type Functions, TestEngine } from './engine'

/** One that shows a sign of life at its start and never again by itself, as if its process hung from then on. */
export const HANGING = { ...LEASE, beatMs: 3_600_000, trustMs: 200 }
/** One that waits for no more than a moment before it takes the lead from an engine that hangs. */
export const IMPATIENT = { ...LEASE, takeOverMs: 300, pollMs: 50 }

/** For each test of a file a database for several engines, and a connection of one's own with it. */
export function rivalEngines(functions: Functions) {
  const database = ownDatabase()
  let engines: TestEngine[] = []
  let other: pg.Client

  beforeEach(async () => {
    engines = []
    other = new pg.Client(database.url)
    await other.connect()
  })

  afterEach(async () => {
    await other.end()
    for (const engine of engines) await engine.stop(0)
  })

  return {
    database,
    query: <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => other.query<Row>(sql, values),
    start: async (more: object = {}): Promise<TestEngine> => {
      const engine = await TestEngine.start({ databaseUrl: database.url, functions, ...more })
      engines.push(engine)
      return engine
    },
  }
}
