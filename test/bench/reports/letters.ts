import type pg from 'pg'
import { untilCount } from './morning'

/**
 * Makes a database's letters ones that are frozen and not yet sent, of which the engine knows nothing.
 * @returns how many there are.
 */
export async function unsend(database: pg.Client): Promise<number> {
  await database.query('DROP SCHEMA engine CASCADE')
  await database.query('TRUNCATE "OutboxEvent"')
  await database.query(`UPDATE "LetterBatch" SET "status" = 'sending', "firstTryAt" = NULL, "attempts" = 0`)
  const { rowCount } = await database.query(
    `UPDATE "Letter" SET "status" = 'sending', "sentAt" = NULL, "providerId" = NULL, "attempts" = 0, "firstTryAt" = now()`,
  )
  await database.query('VACUUM ANALYZE "Letter"')
  return rowCount ?? 0
}

/** Asks for all of them at once, as the fan-out has done. @returns seconds from the first call to the last one's answer. */
export async function measureLetters(database: pg.Client, letters: number): Promise<number> {
  const wallAt = Date.now() - performance.now()
  await database.query(`
    INSERT INTO "OutboxEvent" ("id", "name", "data")
    SELECT 'letter-batch/' || "id", 'letters/batch-frozen', jsonb_build_object('batchId', "id") FROM "LetterBatch"`)
  await untilCount(database, `SELECT count(*)::int AS n FROM "Letter" WHERE "status" = 'sent'`, letters)
  const endedAt = wallAt + performance.now()
  const { rows } = await database.query<{ at: Date }>('SELECT min("firstTryAt") AS at FROM "LetterBatch"')
  return (endedAt - (rows[0]?.at.getTime() ?? Number.NaN)) / 1_000
}
