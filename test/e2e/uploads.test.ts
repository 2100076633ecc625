import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '@/local/ports'
import { type Running, startAll } from '@/local/start-all'
import { Client } from '../demo/client'
import { inParts } from '../support/pictures'
import { productFile, upload } from '../support/upload'

const MB = 1024 * 1024
const MOST_APP_MB = 300
const ANN = { name: 'Ann', email: 'ann@example.com', password: 'correct horse battery', shopName: 'Ann’s Shop' }

describe('through the built app', () => {
  const dir = mkdtempSync(join(tmpdir(), 'backroom-uploads-'))
  let running: Running
  let database: pg.Client
  let cookie: string

  beforeAll(async () => {
    const local = { BACKROOM_MODE: 'local', BACKROOM_DATA_DIR: dir, PORT: '0', DATABASE_URL: '' }
    const source = { ...process.env, ...local, NODE_ENV: 'production', ENGINE_PORT: String(await freePort()) }
    running = await startAll({ command: 'start', source, say: () => {}, withSeed: false })
    const client = new Client(running)
    await client.signUp({ ...ANN, timeZone: 'Europe/Berlin' })
    cookie = client.cookieOf(ANN.email)
    database = new pg.Client(running.databaseUrl)
    await database.connect()
  }, 180_000)

  afterAll(async () => {
    await database?.end()
    await running?.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  it('a file of products of 11 MB arrives whole, and none of it is kept in memory', async () => {
    const content = productFile(11 * MB)
    const sent = await upload(running, '/api/uploads/imports?name=a.csv&dryRun=true', { cookie, content })
    expect(sent.status).toBe(201)
    const { rows } = await database.query('SELECT "bytes", "sha256" FROM "ProductImport" WHERE "id" = $1', [
      sent.answer.importId,
    ])
    expect(rows).toEqual([{ bytes: sent.bytes, sha256: sent.sha256 }])
    expect(sent.bytes).toBeGreaterThan(11 * MB)
    expect(sent.peakMb).toBeLessThan(MOST_APP_MB)
  })

  it('a picture of 11 MB arrives whole', async () => {
    const { rows } = await database.query(
      `INSERT INTO "Product" ("id", "accountId", "sku", "title", "priceMinor", "currency", "updatedAt")
       SELECT 'mug', "id", 'MUG', 'Mug', 1, 'USD', now() FROM "Account" RETURNING "id"`,
    )
    const picture = await noise()
    const path = `/api/uploads/images?product=${rows[0].id}&operations=resize&hold=1`
    const sent = await upload(running, path, { cookie, content: inParts(picture, 64 * 1024) })
    expect(sent.status).toBe(201)
    const original = readFileSync(join(running.dataDir, 'files', 'images', String(sent.answer.imageId), 'original'))
    expect(createHash('sha256').update(original).digest('hex')).toBe(sent.sha256)
    expect(original.length).toBeGreaterThan(11 * MB)
  })
})

/** A picture that can't be made smaller than it is. */
function noise(): Promise<Buffer> {
  const settings = { type: 'gaussian', mean: 128, sigma: 60 } as const
  return sharp({ create: { width: 2_300, height: 1_900, channels: 3, background: '#888', noise: settings } })
    .png({ compressionLevel: 0 })
    .toBuffer()
}
