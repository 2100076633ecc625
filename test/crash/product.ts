import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { withDatabase } from '../support/with-database'
import type { CrashWorld } from './world'

const LETTERS = ['welcome', 'verify-email', 'tips', 're-engagement']
/** The welcome letter's, the onboarding's, and the verifying letter's. */
const RUNS_EACH = 3

/** Each list tells of what should never be, and each number of what should be nothing. */
export async function judgeProduct({ databaseUrl, mailUrl }: CrashWorld, signedUp: string[]) {
  const arrived = await arrivedLetters(mailUrl)
  const expected = signedUp.flatMap((email) => LETTERS.map((kind) => `${kind} to ${email}`))
  return withDatabase(databaseUrl, async (db) => ({
    lostPeople: await lostPeople(db, signedUp),
    doubledLetters: expected.filter((letter) => (arrived.get(letter) ?? 0) > 1),
    missingLetters: expected.filter((letter) => !arrived.has(letter)),
    runsTooMany: (await count(db, `engine.run WHERE ${OF_SIGN_UP}`)) - RUNS_EACH * signedUp.length,
    openRuns: await count(db, `engine.run WHERE ${OWN_RUN} AND status <> 'completed'`),
    unsentEvents: await count(db, `"OutboxEvent" WHERE status <> 'sent'`),
    unsentLetters: await count(db, `"Letter" WHERE status <> 'sent'`),
    ledgerDiffers: await ledgerDifferences(db),
    awaitedRuns: await count(db, `"AwaitedRun"`),
  }))
}

/** What the product has done, and how many engines have led. */
export function readTotals({ databaseUrl }: CrashWorld): Promise<Record<string, number>> {
  return withDatabase(databaseUrl, async (db) => ({
    'engines that came to lead': await count(db, `generate_series(1, (${EPOCH}))`),
    'product: people signed up': await count(db, '"User"'),
    'product: letters': await count(db, '"Letter"'),
    'product: runs': await count(db, `engine.run WHERE ${OWN_RUN}`),
    // What the app would have written of them was lost by a kill.
    'product: runs closed in the ledger by a look-up': await count(db, `"Run" WHERE "isConfirmed"`),
  }))
}

const EPOCH = 'SELECT epoch::int FROM engine.lead'
const OWN_RUN = `function_id LIKE 'backroom-%'`
/** Schedules make runs of their own while days go by, and what they find wrong meanwhile is told to operators. */
const OF_SIGN_UP = `function_id IN ('backroom-send-welcome-email', 'backroom-onboarding-workflow', 'backroom-send-email')
  AND event_id NOT IN (SELECT id FROM engine.event WHERE public_id LIKE 'email/incident/%')`

/**
 * Resolves when every event is with the engine, or after 60 s. A relay that died between sending and marking has left
 * a lease behind; it is ended here, as it would be after 30 s of real time.
 */
export function outboxEmptied({ databaseUrl }: CrashWorld): Promise<void> {
  return withDatabase(databaseUrl, async (db) => {
    await db.query(`UPDATE "OutboxEvent" SET "leasedUntil" = now() WHERE "leasedUntil" > now()`)
    await within60s(async () => (await count(db, `"OutboxEvent" WHERE status = 'pending'`)) === 0)
  })
}

/** Resolves when the ledger says what the engine says, by its look-ups; or after 60 s, whatever it says. */
export function ledgerSettled({ databaseUrl }: CrashWorld): Promise<void> {
  return withDatabase(databaseUrl, (db) =>
    within60s(async () => (await ledgerDifferences(db)).length === 0 && (await count(db, `"AwaitedRun"`)) === 0),
  )
}

async function within60s(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline && !(await isSo())) await sleep(250)
}

async function lostPeople(db: pg.Client, signedUp: string[]): Promise<string[]> {
  const { rows } = await db.query<{ email: string }>('SELECT email FROM "User"')
  const known = new Set(rows.map(({ email }) => email))
  return signedUp.filter((email) => !known.has(email))
}

/** Each run that the engine and the ledger don't have alike, with what either says of it. */
async function ledgerDifferences(db: pg.Client): Promise<string[]> {
  const { rows } = await db.query<{ difference: string }>(`
    SELECT concat_ws(' ', coalesce(ledger."id", engine.id), coalesce(ledger."functionId", engine.function_id),
      'engine:', coalesce(engine.status, 'nothing'), 'ledger:', coalesce(ledger."status"::text, 'nothing')) AS difference
    FROM (SELECT * FROM engine.run WHERE ${OWN_RUN}) AS engine FULL JOIN "Run" AS ledger ON ledger."id" = engine.id
    WHERE ledger."id" IS NULL OR engine.id IS NULL OR ledger."status"::text <> engine.status
      OR engine.function_id <> 'backroom-' || ledger."functionId"`)
  return rows.map(({ difference }) => difference)
}

/** How often each letter arrived at the provider, as `kind to address`. */
async function arrivedLetters(mailUrl: string): Promise<Map<string, number>> {
  const letters = await lettersAt(mailUrl)
  const counts = new Map<string, number>()
  for (const { key, letter } of letters) {
    const name = `${key.split('/')[0]} to ${letter.to[0]}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

/** The business key of each letter that arrived at the provider. */
export async function arrivedKeys(mailUrl: string): Promise<string[]> {
  return (await lettersAt(mailUrl)).map(({ key }) => key)
}

async function lettersAt(mailUrl: string): Promise<{ key: string; letter: { to: string[] } }[]> {
  const response = await fetch(`${mailUrl}/sandbox/letters?limit=100000`)
  return ((await response.json()) as { letters: { key: string; letter: { to: string[] } }[] }).letters
}

async function count(db: pg.Client, rows: string): Promise<number> {
  const answer = await db.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${rows}`)
  return answer.rows[0]?.n ?? Number.NaN
}
