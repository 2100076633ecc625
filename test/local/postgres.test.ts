import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findBinaries } from '@/local/postgres/binaries'
import { type Cluster, ensureDatabase, startCluster } from '@/local/postgres/cluster'

const isRoot = process.getuid?.() === 0
let dir: string
let cluster: Cluster | undefined

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-pg-'))
})

afterEach(async () => {
  await cluster?.stop()
  cluster = undefined
  rmSync(dir, { recursive: true, force: true })
})

const start = async (options: object = {}) => {
  cluster = await startCluster({ dir, isDurable: false, ...options })
  return cluster
}

const ask = async (url: string, sql: string) => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('the embedded PostgreSQL', () => {
  it('keeps its data, its password and its port over a stop', async () => {
    const first = await start()
    const url = await ensureDatabase(first, 'shop')
    await ask(url, 'CREATE TABLE kept AS SELECT 7 AS n')
    await first.stop()
    const second = await start()
    expect(second.urlOf('shop')).toBe(url)
    expect(await ask(url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  })

  it('wants a password, which only its owner can read', async () => {
    const { port } = await start()
    await expect(ask(`postgresql://postgres:wrong@127.0.0.1:${port}/postgres`, 'SELECT 1')).rejects.toThrow('password')
    expect(statSync(join(dir, 'postgres.json')).mode & 0o077).toBe(0)
  })

  it.each([
    [{ platform: 'linux', arch: 'x64', isMusl: true }, 'needs glibc'],
    [{ platform: 'sunos', arch: 'sparc', isMusl: false }, 'no embedded PostgreSQL for sunos on sparc'],
    [{ platform: 'win32', arch: 'x64', isMusl: false }, 'no embedded PostgreSQL for win32 on x64'],
  ])('says what to do where it can’t run: %j', (machine, words) => {
    expect(() => findBinaries(machine)).toThrow(words)
    expect(() => findBinaries(machine)).toThrow('Set DATABASE_URL')
  })

  it('has the settings that small containers need', async () => {
    const { urlOf } = await start()
    const rows = await ask(
      urlOf('postgres'),
      `SELECT name, setting FROM pg_settings WHERE name IN ('dynamic_shared_memory_type', 'max_connections', 'listen_addresses') ORDER BY name`,
    )
    expect(rows.map(({ setting }) => setting)).toEqual(['mmap', '127.0.0.1', '200'])
    expect(
      await ask(
        urlOf('postgres'),
        `SELECT datlocprovider AS provider, datlocale AS locale FROM pg_database WHERE datname = 'postgres'`,
      ),
    ).toEqual([{ provider: 'b', locale: 'C.UTF-8' }])
  })

  it('starts again after it was killed, and nothing acknowledged is lost', async () => {
    const first = await start({ isDurable: true })
    await ask(first.urlOf('postgres'), 'CREATE TABLE kept AS SELECT 7 AS n')
    const pid = Number.parseInt(readFileSync(join(dir, 'data/postmaster.pid'), 'utf8'), 10)
    process.kill(pid, 'SIGKILL')
    const second = await start({ isDurable: true })
    expect(await ask(second.urlOf('postgres'), 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  })

  it('is not kept out by a stale lock whose number another program has by now', async () => {
    await (await start()).stop()
    writeFileSync(join(dir, 'data/postmaster.pid'), `${process.pid}\n${join(dir, 'data')}\n0\n5432\n\n127.0.0.1\n`)
    const { urlOf } = await start()
    expect(await ask(urlOf('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('ends when its starter is killed', async () => {
    const script = `import { startCluster } from '${join(process.cwd(), 'local/postgres/cluster.ts')}'
      await startCluster({ dir: process.argv[2], isDurable: false })
      process.kill(process.pid, 'SIGKILL')`
    writeFileSync(join(dir, 'start.ts'), script)
    spawnSync(process.execPath, ['--import', 'tsx', join(dir, 'start.ts'), dir], { cwd: process.cwd() })
    await expect.poll(() => existsSync(join(dir, 'data/postmaster.pid')), { timeout: 10_000 }).toBe(false)
  })

  it.runIf(isRoot)(
    'runs for root where user namespaces are forbidden, from a folder that the other user may enter',
    async () => {
      chmodSync(dir, 0o700)
      const said: string[] = []
      const options = { unshare: 'no-such-program', say: (line: string) => said.push(line) }
      const { urlOf, stop } = await start(options)
      expect(await ask(urlOf('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
      await stop()
      await start(options)
      expect(said).toHaveLength(1)
      const home = /in (\/var\/lib\/backroom\/\w+)\./.exec(said[0] ?? '')?.[1]
      expect(home).toBeTruthy()
      await cluster?.stop()
      rmSync(home ?? '', { recursive: true, force: true })
    },
  )
})
