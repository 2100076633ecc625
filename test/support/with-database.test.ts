import { expect, it } from 'vitest'
import { ownDatabase } from './database'
import { withDatabase } from './with-database'

const database = ownDatabase()

it('a connection that is lost while nothing is asked is told of by the next query, and by nothing else', async () => {
  const work = withDatabase(database.url, async (db) => {
    const { rows } = await db.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    const lost = new Promise<void>((resolve) => db.once('end', resolve))
    await withDatabase(database.url, (other) => other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]))
    await lost
    return db.query('SELECT 1')
  })
  await expect(work).rejects.toThrow(/closed|not queryable|terminated/)
})
