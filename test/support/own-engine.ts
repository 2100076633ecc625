import { afterEach, beforeEach } from 'vitest'
import { ownDatabase } from './database'
import { type Functions, TestEngine, type TestEngineOptions } from './engine'

/**
 * For each test of a file a database, the engine that it starts on it, and a list of what its functions have done.
 * @param options what every engine of the file is started with.
 */
export function ownEngine(options: Omit<TestEngineOptions, 'databaseUrl'> = {}) {
  const database = ownDatabase()
  const ran: string[] = []
  let engine: TestEngine | undefined

  beforeEach(() => {
    ran.length = 0
  })

  afterEach(async () => {
    await engine?.stop(0)
    engine = undefined
  })

  return {
    database,
    ran,
    /** Starts an engine, which ends with the test; one that was started before must have been stopped. */
    start: async (functions?: Functions, more: Partial<TestEngineOptions> = {}): Promise<TestEngine> => {
      const served = functions ? { functions } : {}
      engine = await TestEngine.start({ databaseUrl: database.url, ...options, ...served, ...more })
      return engine
    },
  }
}
