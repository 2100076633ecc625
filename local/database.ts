import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { whenEnded } from './child-end'
import { migrate } from './migrate'
import { type Cluster, ensureDatabase, startCluster } from './postgres/cluster'
import { StartError } from './start-error'

export type LocalDatabase = { url: string; stop: () => Promise<void> }

const NAME = 'backroom'

/**
 * The database, ready for the app: the one that was given, or the embedded one, with all migrations.
 * @throws StartError
 */
export async function openDatabase(
  given: string | undefined,
  dataDir: string,
  say: (line: string) => void,
): Promise<LocalDatabase> {
  const database = given ? await checkGiven(given) : await openEmbedded(join(dataDir, 'postgres'), say)
  try {
    await migrate(database.url)
  } catch (error) {
    await database.stop()
    if (error instanceof StartError) throw error
    throw new StartError(`The database at ${new URL(database.url).host} can't be prepared: ${reasonOf(error)}.`)
  }
  return database
}

async function checkGiven(url: string): Promise<LocalDatabase> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
  } catch (error) {
    const { host } = new URL(url)
    throw new StartError(`The database at ${host} can't be reached: ${reasonOf(error)}. Look at DATABASE_URL.`)
  } finally {
    client.end().catch(() => {})
  }
  return { url, stop: async () => {} }
}

async function openEmbedded(dir: string, say: (line: string) => void): Promise<LocalDatabase> {
  const first = await startCluster({ dir, say })
  let isStopping = false
  let current: Promise<Cluster> = Promise.resolve(first)
  const watch = (cluster: Cluster) => {
    // It may have been killed in the moment in which it was ready.
    whenEnded(cluster.child, () => {
      if (isStopping) return
      say('PostgreSQL has ended; starting it again.')
      current = restart(dir, first.port, say, () => isStopping)
      current.then(watch, () => undefined)
    })
  }
  watch(first)
  const stop = async () => {
    isStopping = true
    // One that is being started at this moment is waited for, or it would be left running.
    await current.then(
      (cluster) => cluster.stop(),
      () => undefined,
    )
  }
  return { url: await ensureDatabase(first, NAME), stop }
}

async function restart(
  dir: string,
  port: number,
  say: (line: string) => void,
  isStopping: () => boolean,
): Promise<Cluster> {
  for (;;) {
    try {
      return await startCluster({ dir, port })
    } catch (error) {
      if (isStopping()) throw error
      say(reasonOf(error))
      await sleep(1_000)
    }
  }
}

/** The id by which an engine tells that it serves this database; undefined before the first engine has. */
export async function readDatabaseId(url: string): Promise<string | undefined> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ value: string }>(`SELECT value FROM engine.meta WHERE key = 'database_id'`)
    return rows[0]?.value
  } catch {
    return undefined
  } finally {
    await client.end()
  }
}

/** Whether somebody has signed up with each of these addresses. */
export async function hasUsers(url: string, emails: readonly string[]): Promise<boolean> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query('SELECT 1 FROM "User" WHERE email = ANY ($1)', [emails])).rowCount === emails.length
  } finally {
    await client.end()
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
