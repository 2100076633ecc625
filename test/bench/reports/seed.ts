import { createHash } from 'node:crypto'
import pg from 'pg'
import { migrate } from '../../../local/migrate'
import type { Workbench } from '../workbench'
import { asked, steps } from './seed-rows'

export const ORDERS_EACH = 30

/** A morning of next year, 09:00 in New York: the accounts are made for it, and the clock is moved to it. */
export const SLOT = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 1, 10, 14))
/** The day that is reported then. */
export const REPORTED_DAY = new Date(SLOT.getTime() - 24 * 3_600_000).toISOString().slice(0, 10)

/**
 * A database of its own with so many accounts, whose morning is `SLOT`. It is copied from a template, which is filled at
 * the first time and stays.
 */
export async function databaseWith(bench: Workbench, accounts: number, name: string): Promise<string> {
  const template = await ensureTemplate(bench, accounts)
  await asRoot(bench, async (root) => {
    await root.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await root.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`)
    // What the copying has left to be written belongs to nobody's time.
    await root.query('CHECKPOINT')
  })
  return bench.cluster.urlOf(name)
}

export function dropDatabase(bench: Workbench, name: string): Promise<void> {
  return asRoot(bench, async (root) => void (await root.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)))
}

async function ensureTemplate(bench: Workbench, accounts: number): Promise<string> {
  const made = createHash('sha256').update(JSON.stringify(steps)).update(SLOT.toISOString()).digest('hex').slice(0, 8)
  const name = `reports_${accounts}_${made}`
  const isThere = await asRoot(bench, async (root) => {
    const { rowCount } = await root.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    return rowCount === 1
  })
  if (isThere) return name
  console.error(`filling a database with ${accounts} accounts …`)
  const draft = `draft_${accounts}`
  await asRoot(bench, async (root) => {
    await root.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`)
    await root.query(`CREATE DATABASE ${draft}`)
  })
  await fill(bench.cluster.urlOf(draft), accounts)
  // Under its own name only when it is whole.
  await asRoot(bench, (root) => root.query(`ALTER DATABASE ${draft} RENAME TO ${name}`))
  return name
}

async function fill(databaseUrl: string, accounts: number): Promise<void> {
  await migrate(databaseUrl)
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    await client.query(`SET maintenance_work_mem = '256MB'`)
    await client.query('SET synchronous_commit = off')
    await client.query(asked, [accounts, SLOT, ORDERS_EACH])
    for (const step of steps) await client.query(step)
  } finally {
    await client.end()
  }
}

async function asRoot<T>({ cluster }: Workbench, work: (root: pg.Client) => Promise<T>): Promise<T> {
  const root = new pg.Client(cluster.urlOf('postgres'))
  await root.connect()
  try {
    return await work(root)
  } finally {
    await root.end()
  }
}
