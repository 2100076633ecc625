import pg from 'pg'
import type { Person } from './story'

/** Something that must have become true, as the database has it. */
export type Fact = { text: string; expected: unknown; found: unknown; isTrue: boolean }

/** Looks up everything that the story promised. */
export async function readFacts(databaseUrl: string, people: Person[]): Promise<Fact[]> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    const facts: Fact[] = []
    for (const person of people) facts.push(await lettersFact(client, person))
    facts.push(
      fact(
        'Letters that are neither sent nor refused',
        0,
        await count(client, `SELECT count(*)::int AS n FROM "Letter" WHERE status <> 'sent'`),
      ),
    )
    facts.push(
      fact(
        'Events that are not with the engine',
        0,
        await count(client, `SELECT count(*)::int AS n FROM "OutboxEvent" WHERE status <> 'sent'`),
      ),
    )
    facts.push(fact('Runs by status', expectedRuns, await runsByStatus(client)))
    return facts
  } finally {
    await client.end()
  }
}

/**
 * Three sign-ups make three runs each (welcome, onboarding, verifying letter); the closed account's onboarding is
 * cancelled, which one more run records.
 */
const expectedRuns = { completed: 9, cancelled: 1 }

async function lettersFact(client: pg.Client, { name, email, letters }: Person): Promise<Fact> {
  const sql = `SELECT split_part(key, '/', 1) AS kind FROM "Letter" WHERE "to" = $1 AND status = 'sent' ORDER BY "sentAt", "createdAt"`
  const { rows } = await client.query<{ kind: string }>(sql, [email])
  const found = rows.map(({ kind }) => kind)
  return { text: `Letters to ${name}`, expected: letters, found, isTrue: same([...letters].sort(), [...found].sort()) }
}

async function runsByStatus(client: pg.Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ status: string; n: number }>(
    `SELECT status, count(*)::int AS n FROM engine.run GROUP BY status ORDER BY 2 DESC`,
  )
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]))
}

async function count(client: pg.Client, sql: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(sql)
  return rows[0]?.n ?? Number.NaN
}

function fact(text: string, expected: unknown, found: unknown): Fact {
  return { text, expected, found, isTrue: same(expected, found) }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
