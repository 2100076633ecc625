import { setTimeout as sleep } from 'node:timers/promises'
import type { Books } from './books'
import type { Client } from './client'
import { type Fact, fact } from './fact'

/** Waits until nothing is on its way any more: events, the provider's word, runs. */
export async function settleAll(client: Client, books: Books): Promise<void> {
  while ((await client.untoldWebhooks()) > 0) await sleep(30)
  await books.until('every event is with the engine', `SELECT count(*) = 0 FROM "OutboxEvent" WHERE status = 'pending'`)
  await client.move('1m')
}

/** What became of the work behind it all. */
export async function readWork(books: Books): Promise<Fact[]> {
  const count = (table: string) => books.value<number>(`SELECT count(*)::int FROM ${table}`)
  return [
    fact('Letters that are neither sent nor refused', 0, await count(`"Letter" WHERE status <> 'sent'`)),
    fact('Events that are not with the engine', 0, await count(`"OutboxEvent" WHERE status <> 'sent'`)),
    fact('Incidents', [], await incidentsOf(books)),
    fact('Runs that have failed', 0, await count(`engine.run WHERE status = 'failed'`)),
    fact('Runs that have not ended', 0, await count('engine.run WHERE ended_at IS NULL')),
    fact('Onboardings by status', { cancelled: 1, completed: 2 }, await runsOf(books, 'onboarding-workflow')),
    fact('Orders’ runs by status', { cancelled: 1, completed: 19 }, await runsOf(books, 'process-order')),
  ]
}

/** What operators were told that is wrong, in the words that they were given. */
async function incidentsOf(books: Books): Promise<string[]> {
  const rows = await books.rows<{ kind: string; message: string }>(
    'SELECT kind, message FROM "Incident" ORDER BY "openedAt"',
  )
  return rows.map(({ kind, message }) => `${kind}: ${message}`)
}

function runsOf(books: Books, functionId: string): Promise<Record<string, number>> {
  return books.counts(
    `SELECT status AS name, count(*)::int AS n FROM engine.run WHERE function_id = $1 GROUP BY 1 ORDER BY 1`,
    [`backroom-${functionId}`],
  )
}
