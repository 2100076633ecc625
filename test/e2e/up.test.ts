import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '@/local/ports'
import { readPrivateJson } from '@/local/private-file'
import { PROJECT_DIR } from '@/local/project'
import { createDatabase } from '../support/database'
import { withDatabase } from '../support/with-database'

let dir: string
let holders: Server[]

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-up-'))
  holders = []
})

afterEach(async () => {
  for (const holder of holders) await new Promise((resolve) => holder.close(resolve))
  rmSync(dir, { recursive: true, force: true })
})

const environment = (change: Record<string, string>) => ({
  ...process.env,
  NODE_ENV: 'production' as const,
  BACKROOM_DATA_DIR: dir,
  DATABASE_URL: '',
  PORT: '0',
  ...change,
})

const ARGS = ['--import', 'tsx', 'local/up.ts', 'start']

/** Starts it, and waits for its end. */
const end = (change: Record<string, string>) =>
  new Promise<{ code: number | null; said: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ARGS,
      { cwd: PROJECT_DIR, env: environment(change) },
      (_, stdout, stderr) => resolve({ code: child.exitCode, said: (stdout + stderr).trim() }),
    )
  })

/** Starts it, and waits for its table. */
async function begin(change: Record<string, string> = {}): Promise<{ child: ChildProcess; said: () => string }> {
  let text = ''
  // An engine port of its own: other tests start at the same moment, and all would find the usual one free.
  const env = environment({ ENGINE_PORT: String(await freePort()), ...change })
  const child = spawn(process.execPath, ARGS, {
    cwd: PROJECT_DIR,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk))
  await expect.poll(() => text, { timeout: 120_000, interval: 100 }).toContain('Ctrl-C stops it all')
  return { child, said: () => text }
}

async function hold(port: number): Promise<void> {
  const holder = createServer((socket) => void socket.destroy())
  await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve))
  holders.push(holder)
}

/** Processes whose command or environment speaks of this test's folder. */
function left(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const own = readFileSync(`/proc/${pid}/environ`, 'utf8') + readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        return own.includes(dir)
          ? [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 80)}`]
          : []
      } catch {
        return []
      }
    })
}

describe('a start that can’t be', () => {
  const oneSentence = (said: string) => {
    expect(said).not.toMatch(/\n\s+at /)
    expect(said.split('\n').length).toBeLessThanOrEqual(2)
  }

  it('names a port that is taken', async () => {
    const port = await freePort()
    await hold(port)
    const { code, said } = await end({ PORT: String(port) })
    expect([code, said]).toEqual([1, `Port ${port} is taken; stop what runs there, or set another PORT.`])
  })

  it('names an engine port that was given by hand and is taken', async () => {
    const port = await freePort()
    await hold(port)
    const { code, said } = await end({ ENGINE_PORT: String(port) })
    expect([code, said]).toEqual([1, `Port ${port} is taken; stop what runs there, or set another ENGINE_PORT.`])
  })

  it('names a database that can’t be reached', async () => {
    const { code, said } = await end({ DATABASE_URL: 'postgresql://u:secret@127.0.0.1:1/x' })
    expect(code).toBe(1)
    expect(said).toContain("The database at 127.0.0.1:1 can't be reached")
    expect(said).not.toContain('secret')
    oneSentence(said)
  })

  it('names a migration that is newer than the code', async () => {
    const database = await createDatabase()
    const client = new pg.Client(database.url)
    await client.connect()
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '20990101000000_future', now())`,
    )
    await client.end()
    const { code, said } = await end({ DATABASE_URL: database.url })
    expect(code).toBe(1)
    expect(said).toContain('The database is newer than this code: it has the migration 20990101000000_future')
    oneSentence(said)
    await database.drop()
  })

  it.each([
    [{ PORT: 'three' }, "PORT can't be"],
    [{ BACKROOM_MODE: 'live' }, 'INNGEST_SIGNING_KEY is missing'],
  ])('names a variable that is wrong: %j', async (change, words) => {
    const { code, said } = await end(change as Record<string, string>)
    expect(code).toBe(1)
    expect(said).toContain(words)
    expect(said).not.toMatch(/\n\s+at /)
  })
})

const RUNS = 'SELECT function_id AS id FROM engine.run'
const LAPSES_TOMORROW = `INSERT INTO "OutboxEvent" (id, name, data, "deliverAt")
  VALUES ('lapses', 'order/checkout-lapsed', '{"orderId": "none"}', now() + interval '1 day')`
const AWAITED = `SELECT "functionId" FROM "AwaitedRun" WHERE "eventId" = 'lapses'`

// Each brings six programs up and down again, beside other tests that do: what hangs is told after longer.
describe.runIf(process.platform === 'linux')('a start', { timeout: 90_000 }, () => {
  it('shows where everything is, sends no event before the server knows what it starts, and leaves nothing behind when it is stopped', async () => {
    const { child, said } = await begin()
    for (const name of [
      'App',
      'Console',
      'Mailbox',
      'Payments',
      'Engine',
      'PostgreSQL',
      'Sign in as  demo@backroom.test',
    ])
      expect(said()).toContain(name)
    const [app, engine] = ['App', 'Engine'].map((name) => new RegExp(`${name}\\s+(http\\S+)`).exec(said())?.[1] ?? '')
    const home = await fetch(`${engine}/`, { redirect: 'manual' })
    expect([home.status, home.headers.get('location')]).toEqual([302, `${app}/console`])
    // The demo user signed up before the app was there; what that started must not be lost.
    await expect
      .poll(async () => (await query<{ id: string }>(RUNS)).map(({ id }) => id), { timeout: 20_000, interval: 100 })
      .toEqual(
        expect.arrayContaining(['backroom-onboarding-workflow', 'backroom-send-welcome-email', 'backroom-send-email']),
      )
    // The relay sends by a client of its own, and knows all the same which runs are to come of an event.
    await query(LAPSES_TOMORROW)
    await expect
      .poll(() => query(AWAITED), { timeout: 20_000, interval: 100 })
      .toEqual([{ functionId: 'expire-order' }])
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(left()).toEqual([])
  })

  it('takes the next port when another program has the engine’s, and leaves nothing behind when it is killed', async () => {
    if (!(await isTaken(8288))) await hold(8288)
    const { child, said } = await begin({ ENGINE_PORT: '' })
    expect(said()).toMatch(/Engine\s+http:\/\/127\.0\.0\.1:(?!8288)\d+/)
    expect(left().length).toBeGreaterThan(4)
    child.kill('SIGKILL')
    await expect.poll(left, { timeout: 30_000, interval: 200 }).toEqual([])
  })
})

/** Asks the embedded database. */
async function query<Row>(sql: string): Promise<Row[]> {
  const note = readPrivateJson<{ port: number; password: string }>(join(dir, 'postgres/postgres.json'))
  const url = `postgresql://postgres:${note?.password}@127.0.0.1:${note?.port}/backroom`
  return withDatabase(url, async (client) => (await client.query(sql)).rows)
}

async function isTaken(port: number): Promise<boolean> {
  const probe = createServer()
  return new Promise((resolve) => {
    probe.once('error', () => resolve(true))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(false)))
  })
}
