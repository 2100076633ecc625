import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { hasEnded } from '../child-end'
import { freePort } from '../ports'
import { readPrivateJson, writePrivateJson } from '../private-file'
import { StartError } from '../start-error'
import { findBinaries } from './binaries'
import { type Footing, findFooting } from './privileges'

export type ClusterOptions = {
  /** Where the data, the password and the port are kept. */
  dir: string
  /** False only for throw-away data: commits are then not forced to disk. */
  isDurable?: boolean
  unshare?: string
  say?: (line: string) => void
  /** The one port that will do: clients of a server that is started again know no other. */
  port?: number
}

export type Cluster = {
  /** The address of one of its databases. */
  urlOf: (database: string) => string
  port: number
  child: ChildProcess
  /** Stops it in order; resolves when it is gone. */
  stop: () => Promise<void>
}

type Note = { port: number; password: string; wasSaid?: boolean }

/** A server that was just killed may still hold its folder; so long it is tried again, in real milliseconds. */
const LOCKED_LIMIT_MS = 30_000
const READY_LIMIT_MS = 60_000

/**
 * Starts the embedded PostgreSQL on a folder of data, which is made if need be: loopback only, with a random password.
 * It ends when this process does, however that comes about.
 * @throws StartError
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const dir = resolve(options.dir)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const footing = findFooting(findBinaries(), join(dir, 'data'), options.unshare)
  const noteAt = join(dir, 'postgres.json')
  const known = readPrivateJson<Note>(noteAt)
  const note: Note = {
    password: known?.password ?? randomBytes(24).toString('hex'),
    port: options.port ?? (await freePort(known?.port)),
  }
  if (footing.remark && !known?.wasSaid) options.say?.(footing.remark)
  writePrivateJson(noteAt, { ...note, ...(footing.remark ? { wasSaid: true } : {}) })
  if (!existsSync(join(footing.dataDir, 'PG_VERSION'))) initialise(footing, note.password)
  const child = await serve(footing, note, join(dir, 'postgres.log'), options.isDurable ?? true)
  return { ...note, child, urlOf: (database) => urlOf(note, database), stop: () => stop(child) }
}

/** Makes a database if it isn't there yet. */
export async function ensureDatabase(cluster: Pick<Cluster, 'urlOf'>, name: string): Promise<string> {
  const client = new pg.Client(cluster.urlOf('postgres'))
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
  return cluster.urlOf(name)
}

function urlOf({ port, password }: Note, database: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`
}

function initialise(footing: Footing, password: string): void {
  // Under another name until it is whole: a kill in the middle must not leave half a folder that looks like one.
  const draft = `${footing.dataDir}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  if (footing.user) chownSync(draft, footing.user.uid, footing.user.gid)
  const folder = mkdtempSync(join(tmpdir(), 'backroom-'))
  const file = join(folder, 'password')
  writeFileSync(file, password, { mode: 0o600 })
  if (footing.user) for (const path of [folder, file]) chownSync(path, footing.user.uid, footing.user.gid)
  const [command, args] = footing.wrap(join(footing.binaries, 'bin/initdb'), [
    ...['-D', draft, '-U', 'postgres', '-E', 'UTF8', '--auth=scram-sha-256', `--pwfile=${file}`],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    // Iterations slow down the guessing of passwords that people think of. This one has 192 random bits, and they took
    // 5 ms of each end of every connection.
    ...['--set', 'scram_iterations=1'],
  ])
  const made = spawnSync(command, args, { ...footing.user, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
  rmSync(folder, { recursive: true, force: true })
  if (made.status === 0) {
    rmSync(footing.dataDir, { recursive: true, force: true })
    return renameSync(draft, footing.dataDir)
  }
  const reason = made.stderr?.trim().split('\n').at(-1) ?? made.error?.message
  throw new StartError(`The embedded PostgreSQL could not be set up: ${reason}`)
}

/**
 * Runs the server below a shell that waits for this process's end of a pipe: PostgreSQL itself can't watch one, and
 * must not outlive a starter that was killed. The first wait ends when the server does, for whatever reason.
 */
const WATCH = 'exec 3<&0; "$@" </dev/null 3<&- & pid=$!; (cat <&3 >/dev/null; kill -INT $pid 2>/dev/null) & wait $pid'

async function serve(footing: Footing, note: Note, logFile: string, isDurable: boolean): Promise<ChildProcess> {
  const deadline = Date.now() + LOCKED_LIMIT_MS
  for (;;) {
    dropStaleLock(footing.dataDir)
    const child = spawnServer(footing, note, logFile, isDurable)
    if (await isReady(child, note)) return child
    if (Date.now() > deadline)
      throw new StartError(`The embedded PostgreSQL does not start; the reason is in ${logFile}.`)
    await sleep(300)
  }
}

function spawnServer(footing: Footing, note: Note, logFile: string, isDurable: boolean): ChildProcess {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=64MB',
    // Containers often give 64 MB of /dev/shm; parallel queries would fail there.
    'dynamic_shared_memory_type=mmap',
    'jit=off',
    ...(isDurable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
  const server = [join(footing.binaries, 'bin/postgres'), '-D', footing.dataDir, '-p', String(note.port)]
  const flags = settings.flatMap((setting) => ['-c', setting])
  const [command, args] = footing.wrap('sh', ['-c', WATCH, 'postgres', ...server, ...flags])
  const log = openSync(logFile, 'a', 0o600)
  // A group of its own: Ctrl-C in the terminal must reach it through its starter alone, after the app has ended.
  const child = spawn(command, args, {
    ...footing.user,
    cwd: dirname(footing.dataDir),
    detached: true,
    stdio: ['pipe', log, log],
    env: { ...process.env, LC_ALL: 'C' },
  })
  closeSync(log)
  return child
}

/** A lock file whose process is another program by now (numbers come round again) would keep PostgreSQL out for ever. */
function dropStaleLock(dataDir: string): void {
  const lock = join(dataDir, 'postmaster.pid')
  if (process.platform !== 'linux' || !existsSync(lock)) return
  const pid = Number.parseInt(readFileSync(lock, 'utf8'), 10)
  try {
    if (!/postgres/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))) rmSync(lock)
  } catch {
    // No such process: PostgreSQL finds that out by itself.
  }
}

async function isReady(child: ChildProcess, note: Note): Promise<boolean> {
  const deadline = Date.now() + READY_LIMIT_MS
  let isMissing = false
  child.once('error', () => {
    isMissing = true
  })
  while (!isMissing && !hasEnded(child) && Date.now() < deadline) {
    if (await answers(urlOf(note, 'postgres'))) return true
    await sleep(15)
  }
  if (!isMissing) await stop(child)
  return false
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    client.end().catch(() => {})
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.stdin?.end()
  await ended
}
