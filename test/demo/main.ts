import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../local/ports'
import { type Running, startAll } from '../../local/start-all'
import { Books } from './books'
import { Client } from './client'
import { tellStory } from './story'
import { Teller } from './teller'

/**
 * `npm run demo`: the whole product on free ports with throw-away data, and four days of it in a few seconds.
 * Exit code 0 only when every expected fact was found in the database and the sandboxes. `--json` prints the facts on the last line.
 */
async function main(): Promise<number> {
  const teller = new Teller(process.argv.includes('--json'))
  const dataDir = mkdtempSync(join(tmpdir(), 'backroom-demo-'))
  const startedAt = performance.now()
  let running: Running | undefined
  let books: Books | undefined
  try {
    running = await teller.during('Starting PostgreSQL, the engine, the sandboxes and the app', () => start(dataDir))
    books = await Books.open(running.databaseUrl)
    const facts = await tellStory(new Client(running), books, teller)
    teller.conclude(facts, (performance.now() - startedAt) / 1_000)
    return facts.every(({ isTrue }) => isTrue) ? 0 : 1
  } finally {
    await books?.close()
    await running?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function start(dataDir: string): Promise<Running> {
  const source = {
    ...process.env,
    BACKROOM_MODE: 'local',
    BACKROOM_DATA_DIR: dataDir,
    PORT: '0',
    DATABASE_URL: '',
    ENGINE_PORT: String(await freePort()),
    // The story is told on this machine alone, whatever else is set up here.
    ...{
      RESEND_API_KEY: '',
      RESEND_BASE_URL: '',
      STRIPE_SECRET_KEY: '',
      STRIPE_BASE_URL: '',
      STRIPE_WEBHOOK_SECRET: '',
      CHECKOUT_LIMIT: '',
      INNGEST_DEV: '',
      INNGEST_BASE_URL: '',
      INNGEST_SIGNING_KEY: '',
      BACKROOM_ENGINE: '',
    },
    HOST: '',
  }
  return startAll({ command: 'start', source, say: () => {}, withSeed: false })
}

process.exit(await main())
