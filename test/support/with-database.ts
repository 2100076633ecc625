import pg from 'pg'

/** One connection for a piece of work; it is ended with it. */
export async function withDatabase<T>(url: string, work: (db: pg.Client) => Promise<T>): Promise<T> {
  const db = new pg.Client(url)
  // Where the server is killed meanwhile, the next query tells of it; without a listener an idle moment would end the process.
  db.on('error', () => {})
  await db.connect()
  try {
    return await work(db)
  } finally {
    await db.end()
  }
}
