import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const LOOK_EVERY_MS = 30
const LIMIT_MS = 30_000

/** What the database says, asked by SQL: the demo believes nothing else. */
export class Books {
  private constructor(private readonly client: pg.Client) {}

  static async open(databaseUrl: string): Promise<Books> {
    const client = new pg.Client(databaseUrl)
    await client.connect()
    return new Books(client)
  }

  async rows<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row>(sql, values)).rows
  }

  /** The one value of a query that has one. */
  async value<T>(sql: string, values: unknown[] = []): Promise<T> {
    const [row] = await this.rows(sql, values)
    return Object.values(row ?? {})[0] as T
  }

  /** What a query of a name and a count says, as one object. */
  async counts(sql: string, values: unknown[] = []): Promise<Record<string, number>> {
    const rows = await this.rows<{ name: string; n: number }>(sql, values)
    return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
  }

  /** Waits until a query is answered with true. @throws Error when it never is. */
  async until(what: string, sql: string, values: unknown[] = []): Promise<void> {
    const deadline = performance.now() + LIMIT_MS
    while (!(await this.value<boolean>(sql, values))) {
      if (performance.now() > deadline) throw new Error(`${what}: that has not come true`)
      await sleep(LOOK_EVERY_MS)
    }
  }

  close(): Promise<void> {
    return this.client.end()
  }
}
