import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** An import and a change of many products in somebody's shop that have begun, and that nothing works on: they stay so. */
export async function workUnderWay(databaseUrl: string, slug: string): Promise<{ import: string; change: string }> {
  const [importId, changeId, at] = [randomUUID(), randomUUID(), new Date()]
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    await client.query(
      `INSERT INTO "ProductImport" ("id", "accountId", "fileName", "bytes", "sha256", "isDryRun", "status", "position", "lastRow", "rowsRead", "created", "createdAt", "startedAt")
       SELECT $1, "id", 'long.csv', 1000, repeat('0', 64), false, 'running', 400, 41, 40, 40, $3, $3 FROM "Account" WHERE "slug" = $2`,
      [importId, slug, at],
    )
    await client.query(
      `INSERT INTO "BulkUpdate" ("id", "accountId", "selection", "change", "total", "seen", "changed", "createdAt")
       SELECT $1, "id", '{"filter":{}}', '{"kind":"archive"}', 1000, 500, 500, $3 FROM "Account" WHERE "slug" = $2`,
      [changeId, slug, at],
    )
  } finally {
    await client.end()
  }
  return { import: `/products/imports/${importId}`, change: `/products/bulk/${changeId}` }
}
