import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { CrashWorld } from './world'

/** What must be so after all the killing: letters as they arrived, and what is left undone. */
export type Outcome = {
  people: number
  /** Keys of letters that arrived more than once, or never. */
  doubled: string[]
  missing: string[]
  runs: Record<string, number>
  unsentEvents: number
  unsentLetters: number
  /** Runs whose end the ledger has had to ask for: what the app would have written of them was lost by a kill. */
  lookedUp: number
  /** Runs of which it says something else than the engine, or nothing. */
  ledgerDiffers: string[]
  /** Runs that the ledger still waits for. */
  awaitedRuns: number
}

const LETTERS = ['welcome', 'verify-email', 'tips', 're-engagement']

export async function readOutcome({ databaseUrl, mailUrl }: CrashWorld): Promise<Outcome> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    const { rows: users } = await client.query<{ email: string }>('SELECT email FROM "User"')
    const arrived = await arrivedLetters(mailUrl)
    const expected = users.flatMap(({ email }) => LETTERS.map((kind) => `${kind} to ${email}`))
    const { rows: runs } = await client.query<{ status: string; n: number }>(
      'SELECT status, count(*)::int AS n FROM engine.run GROUP BY status',
    )
    return {
      people: users.length,
      doubled: [...arrived].filter(([, count]) => count > 1).map(([letter]) => letter),
      missing: expected.filter((letter) => !arrived.has(letter)),
      runs: Object.fromEntries(runs.map(({ status, n }) => [status, n])),
      unsentEvents: await count(client, `SELECT count(*)::int AS n FROM "OutboxEvent" WHERE status <> 'sent'`),
      unsentLetters: await count(client, `SELECT count(*)::int AS n FROM "Letter" WHERE status <> 'sent'`),
      lookedUp: await count(client, `SELECT count(*)::int AS n FROM "Run" WHERE "isConfirmed"`),
      ledgerDiffers: await ledgerDifferences(client),
      awaitedRuns: await count(client, `SELECT count(*)::int AS n FROM "AwaitedRun"`),
    }
  } finally {
    await client.end()
  }
}

/** Resolves when every event is with the engine, or after 60 s. */
export async function outboxEmptied({ databaseUrl }: CrashWorld): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  const deadline = Date.now() + 60_000
  while (
    Date.now() < deadline &&
    (await count(client, `SELECT count(*)::int AS n FROM "OutboxEvent" WHERE status = 'pending'`)) > 0
  )
    await sleep(250)
  await client.end()
}

/** Resolves when the ledger says what the engine says, by its look-ups; or after 60 s, whatever it says. */
export async function ledgerSettled({ databaseUrl }: CrashWorld): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  const deadline = Date.now() + 60_000
  const isSettled = async () =>
    (await ledgerDifferences(client)).length === 0 &&
    (await count(client, `SELECT count(*)::int AS n FROM "AwaitedRun"`)) === 0
  while (Date.now() < deadline && !(await isSettled())) await sleep(250)
  await client.end()
}

/** Each run that the engine and the ledger don't have alike, with what either says of it. */
async function ledgerDifferences(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ difference: string }>(`
    SELECT concat_ws(' ', coalesce(ledger."id", engine.id), coalesce(ledger."functionId", engine.function_id),
      'engine:', coalesce(engine.status, 'nothing'), 'ledger:', coalesce(ledger."status"::text, 'nothing')) AS difference
    FROM engine.run AS engine FULL JOIN "Run" AS ledger ON ledger."id" = engine.id
    WHERE ledger."id" IS NULL OR engine.id IS NULL OR ledger."status"::text <> engine.status
      OR engine.function_id <> 'backroom-' || ledger."functionId"`)
  return rows.map(({ difference }) => difference)
}

/** How often each letter arrived at the provider, as `kind to address`. */
async function arrivedLetters(mailUrl: string): Promise<Map<string, number>> {
  const response = await fetch(`${mailUrl}/sandbox/letters?limit=100000`)
  const { letters } = (await response.json()) as { letters: { key: string; letter: { to: string[] } }[] }
  const counts = new Map<string, number>()
  for (const { key, letter } of letters) {
    const name = `${key.split('/')[0]} to ${letter.to[0]}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

async function count(client: pg.Client, sql: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(sql)
  return rows[0]?.n ?? Number.NaN
}
