import type pg from 'pg'
import { type Connect, connectWriter } from '@/engine/store/connect'
import { Transaction } from '@/engine/store/transaction'
import type { Mirror, Write } from './mirror'
import { readWrite } from './mirror'
import type { Process, Stage } from './stage'

type Query = { text: string; values?: unknown[]; name?: string }
type Asked = { query: Query; resolve: (result: pg.QueryResult) => void; reject: (error: Error) => void }

/** What chance does to a statement. */
export type Mishaps = { statement: () => 'lost' | 'full' | undefined; isWhole: () => boolean }

const BEGIN: Query = { text: 'BEGIN' }
const COMMIT: Query = { text: 'COMMIT' }

const lost = () => Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })
const DISK_FULL = `DO $$ BEGIN RAISE 'no space left on device' USING ERRCODE = 'disk_full'; END $$`

/**
 * The sessions of simulated engines with a real PostgreSQL. Each statement waits until it is its turn; a commit goes
 * whole, or statement by statement with anything else in between.
 */
export class SimulatedDatabase {
  readonly sessions = new Set<Session>()
  private readonly idle: pg.Client[] = []

  constructor(
    readonly url: string,
    readonly stage: Stage,
    readonly mirror: Mirror,
    readonly mishaps: Mishaps,
    private readonly own: pg.Client,
  ) {}

  connections(owner: Process): Connect {
    return {
      writer: () =>
        this.stage.do(owner, 'connects', async () => {
          const session = new Session(this, owner, this.idle.pop() ?? (await connectWriter(this.url)))
          this.sessions.add(session)
          return session as unknown as pg.Client
        }),
      readers: () => this.readers(owner) as unknown as pg.Pool,
    }
  }

  /** Ends a process's sessions as its death does: what was not committed is gone, and so is the lead. */
  async endSessionsOf(owner: Process): Promise<void> {
    for (const session of this.sessions) if (session.owner === owner) await session.lose()
  }

  async takeBack(client: pg.Client): Promise<void> {
    try {
      await client.query('ROLLBACK')
      await client.query('SELECT pg_advisory_unlock_all()')
      this.idle.push(client)
    } catch {
      // Another session has ended this one for good.
    }
  }

  /** Ends the session of a process that hangs, for another one that asks for it; it is over when this resolves. */
  async endBy(pid: number): Promise<void> {
    for (const session of this.sessions) if (session.pid === pid) await session.lose()
  }

  async close(): Promise<void> {
    for (const session of this.sessions) await session.lose()
    for (const client of this.idle) await client.end()
  }

  private readers(owner: Process) {
    const read = (query: Query) =>
      this.stage.do(owner, `reads ${shortOf(query)}`, async () => {
        if (this.mishaps.statement() === 'lost') throw lost()
        return this.own.query(query as pg.QueryConfig)
      })
    return { query: read, end: async () => undefined, on: () => undefined }
  }
}

/** One connection that writes. */
export class Session {
  private readonly queue: Asked[] = []
  private writes: Write[] = []
  private isLost = false
  private isAsked = false
  private readonly enders: (() => void)[] = []

  constructor(
    private readonly database: SimulatedDatabase,
    readonly owner: Process,
    readonly client: pg.Client,
  ) {}

  get pid(): number {
    return (this.client as unknown as { processID: number }).processID
  }

  query(query: Transaction): Transaction
  query(query: string | Query, values?: unknown[]): Promise<pg.QueryResult>
  query(query: string | Query | Transaction, values?: unknown[]): Promise<pg.QueryResult> | Transaction {
    if (query instanceof Transaction) return this.transact(query)
    const asked = typeof query === 'string' ? { text: query, ...(values ? { values } : {}) } : query
    return new Promise((resolve, reject) => {
      if (this.isLost) return reject(lost())
      this.queue.push({ query: asked, resolve, reject })
      this.ask()
    })
  }

  /** As PostgreSQL takes it in: one statement after the other, and nothing of it where one fails. */
  private transact(transaction: Transaction): Transaction {
    const answers = [BEGIN, ...transaction.statements, COMMIT].map((query) => this.query(query))
    Promise.allSettled(answers).then((settled) => {
      const failed = settled.find((answer) => answer.status === 'rejected')
      if (failed) transaction.handleError(failed.reason)
      else transaction.handleReadyForQuery()
    })
    return transaction
  }

  once(_event: 'end', run: () => void): this {
    this.enders.push(run)
    return this
  }

  async end(): Promise<void> {
    await this.lose()
  }

  /** The connection is gone: whatever was asked is answered by an error, done or not. */
  async lose(): Promise<void> {
    if (this.isLost) return
    this.isLost = true
    this.database.sessions.delete(this)
    this.writes = []
    await this.database.takeBack(this.client)
    for (const { reject } of this.queue.splice(0)) reject(lost())
    // A process that hangs hears of it as soon as it wakes, before all else.
    const tell = () => {
      for (const run of this.enders.splice(0)) run()
    }
    if (this.owner.state === 'hung') this.owner.onWake = tell
    else tell()
  }

  private ask(): void {
    if (this.isAsked || this.queue.length === 0) return
    this.isAsked = true
    this.database.stage.add(this.owner, 0, `statement ${shortOf(this.queue[0]?.query)}`, () => this.serve())
  }

  /** One statement, or a whole transaction from its beginning to its end. */
  private async serve(): Promise<void> {
    this.isAsked = false
    const end = this.queue.findIndex(({ query }) => query.text === 'COMMIT')
    const isWhole = this.queue[0]?.query.text === 'BEGIN' && end > 0 && this.database.mishaps.isWhole()
    const heard: (() => void)[] = []
    let isLostNow = false
    for (let left = isWhole ? end + 1 : 1; left > 0 && !this.isLost && !isLostNow; left--) {
      const [asked] = this.queue
      const answer = asked ? await this.perform(asked) : 'lost'
      isLostNow = answer === 'lost'
      if (answer !== 'lost') heard.push(answer)
      if (answer !== 'lost') this.queue.shift()
    }
    for (const tell of heard) tell()
    if (isLostNow) await this.lose()
    else this.ask()
  }

  private async perform({ query, resolve, reject }: Asked): Promise<'lost' | (() => void)> {
    const { mishaps, mirror, stage } = this.database
    const mishap = mishaps.statement()
    // Lost before it was done, or after: in both cases nobody hears which.
    const isLostAfter = mishap === 'lost' && stage.chance.is(0.5)
    if (mishap) stage.tell(`${this.owner.name}: ${shortOf(query)} meets ${mishap}${isLostAfter ? ', but is done' : ''}`)
    if (mishap === 'lost' && !isLostAfter) return 'lost'
    if (query.text.includes('pg_terminate_backend')) {
      await this.database.endBy(Number(query.values?.[0]))
      return () => resolve({ rows: [] } as unknown as pg.QueryResult)
    }
    try {
      const isWrite = query.text.startsWith('INSERT INTO engine.') || query.text.startsWith('DELETE FROM engine.')
      const result = await this.client.query(mishap === 'full' && isWrite ? DISK_FULL : (query as pg.QueryConfig))
      if (query.text.endsWith('RETURNING epoch')) this.owner.epoch = Number(result.rows[0]?.epoch)
      const write = readWrite(query)
      if (write) this.writes.push(write)
      if (query.text === 'BEGIN' || query.text === 'ROLLBACK') this.writes = []
      // A transaction that failed ends by COMMIT too, and nothing of it is kept; PostgreSQL then says ROLLBACK.
      if (query.text === 'COMMIT' && result.command === 'COMMIT') mirror.commit(this.writes.splice(0))
      if (query.text === 'COMMIT') this.writes = []
      return isLostAfter ? 'lost' : () => resolve(result)
    } catch (error) {
      return () => reject(error as Error)
    }
  }
}

function shortOf(query: Query | undefined): string {
  return query?.name ?? query?.text.slice(0, 40).replaceAll(/\s+/g, ' ') ?? ''
}
