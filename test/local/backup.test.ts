import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backUp } from '@/local/backup/back-up'
import { freePort } from '@/local/ports'
import { type Cluster, ensureDatabase, startCluster } from '@/local/postgres/cluster'
import { writePrivateJson } from '@/local/private-file'

let dir: string
let clusters: Cluster[]

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-backup-'))
  clusters = []
})

afterEach(async () => {
  for (const cluster of clusters) await cluster.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** The embedded PostgreSQL of a data folder, with a database `shop`. */
async function open(dataDir: string): Promise<pg.Client> {
  const cluster = await startCluster({ dir: join(dataDir, 'postgres') })
  clusters.push(cluster)
  const client = new pg.Client(await ensureDatabase(cluster, 'shop'))
  // The server is stopped before who speaks to it.
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Writes numbers, one a commit, until it is told to stop. */
function keepWriting(client: pg.Client) {
  const written = { count: 0 }
  let isStopped = false
  const ended = (async () => {
    while (!isStopped) {
      await client.query('INSERT INTO sale (n, receipt) VALUES ($1, $2)', [written.count + 1, 'x'.repeat(2_000)])
      written.count++
    }
  })()
  const stop = () => {
    isStopped = true
    return ended
  }
  return { written, stop }
}

describe('A backup', () => {
  it('made while sales go on has every picture, and every sale that was committed before it began, and none by half', async () => {
    const live = join(dir, 'live')
    const client = await open(live)
    mkdirSync(join(live, 'files/images'), { recursive: true })
    writeFileSync(join(live, 'files/images/1.webp'), 'a picture')
    writeFileSync(join(live, 'running.json'), '{}')
    await client.query('CREATE TABLE sale (n int PRIMARY KEY, receipt text NOT NULL)')
    const { written, stop } = keepWriting(client)
    await expect.poll(() => written.count).toBeGreaterThan(100)
    const before = written.count
    const to = join(dir, 'copy')
    await backUp({ dataDir: live, to })
    const after = written.count
    await stop()
    await clusters[0]?.stop()

    expect(readFileSync(join(to, 'files/images/1.webp'), 'utf8')).toBe('a picture')
    expect(['running.json', 'postgres/data/postmaster.pid'].filter((name) => existsSync(join(to, name)))).toEqual([])
    const copy = await open(to)
    const { rows } = await copy.query<{ count: number; last: number; short: number }>(
      `SELECT count(*)::int, max(n) AS last, (count(*) FILTER (WHERE length(receipt) <> 2000))::int AS short FROM sale`,
    )
    const [{ count = 0, last = 0, short = 0 } = {}] = rows
    expect(count).toBeGreaterThanOrEqual(before)
    expect(count).toBeLessThanOrEqual(after + 1)
    expect({ last, short }).toEqual({ last: count, short: 0 })
    // And it goes on.
    await copy.query('INSERT INTO sale (n, receipt) VALUES (0, $1)', ['after'])
  })

  it('says what stands in its way, and leaves nothing behind', async () => {
    const live = join(dir, 'live')
    const refused = (to: string) => backUp({ dataDir: live, to: join(dir, to) })
    await expect(refused('copy')).rejects.toThrow('There is no embedded PostgreSQL in')
    writePrivateJson(join(live, 'postgres/postgres.json'), { port: await freePort(), password: 'none' })
    await expect(refused('copy')).rejects.toThrow('doesn’t run')
    mkdirSync(join(dir, 'taken'))
    await expect(refused('taken')).rejects.toThrow('is there already')
    await expect(refused('live/copy')).rejects.toThrow('lies within the folder that is copied')
    expect(['copy', 'copy.part'].some((name) => existsSync(join(dir, name)))).toBe(false)
  })
})
