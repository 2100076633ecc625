import type pg from 'pg'

export type Queryable = Pick<pg.Pool, 'query'>

/** The rows of a prepared statement. */
export async function rowsOf<Row>(db: Queryable, name: string, text: string, values: unknown[]): Promise<Row[]> {
  const { rows } = await db.query({ name, text, values })
  return rows as Row[]
}

/** An instant as a statement takes it. */
export function instant(ms: number): string {
  return new Date(Math.max(ms, -62_135_596_800_000)).toISOString()
}
