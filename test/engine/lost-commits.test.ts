import type pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { type Connect, connectWriter, realConnections } from '@/engine/store/connect'
import { Transaction } from '@/engine/store/transaction'
import { ownDatabase } from '../support/database'
import { type Functions, TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine
let ran: string[] = []
/** How many commits go through before one of which nobody hears that it did. */
let untilLost = Number.POSITIVE_INFINITY

const functions: Functions = (inngest) => [
  inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 1 }, async ({ step, attempt }) => {
    await step.run('a', () => {
      ran.push(`attempt ${attempt}`)
      if (attempt === 0) throw new Error('not yet')
    })
    return 'done'
  }),
]

/** A session whose connection breaks between a commit and its answer, when it is the turn of one. */
const connect: Connect = {
  ...realConnections,
  writer: async (url) => {
    const client = await connectWriter(url)
    const query = client.query.bind(client) as (asked: unknown) => unknown
    const losing = (asked: unknown) => {
      if (!(asked instanceof Transaction)) return query(asked)
      const lost = Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })
      const ended = async (error?: Error) => {
        if (error || --untilLost !== 0) return error ? asked.handleError(error) : asked.handleReadyForQuery()
        await client.end()
        asked.handleError(lost)
      }
      return query(new Transaction(asked.statements, ended))
    }
    return Object.assign(client, { query: losing }) as pg.Client
  },
}

afterEach(async () => {
  await engine.stop(0)
})

async function start(): Promise<void> {
  ran = []
  untilLost = Number.POSITIVE_INFINITY
  engine = await TestEngine.start({ databaseUrl: database.url, functions, connect, storeLimitMs: 20_000 })
}

describe('a commit whose answer is lost', () => {
  it('is found in the tables: an event that its sender gave no id starts its function once', async () => {
    await start()
    untilLost = 1
    const [id] = await engine.send({ name: 'test/go' })
    await engine.move('2m')
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed' }])
  })

  it('is found in the tables: a failure uses up one attempt', async () => {
    await start()
    const [id] = await engine.send({ name: 'test/go' })
    engine.heard = () => {
      // The next commit stores this answer.
      if (ran.length === 1 && untilLost > 1) untilLost = 1
    }
    await engine.move('5m')
    expect(ran).toEqual(['attempt 0', 'attempt 1'])
    expect(await engine.runsOf(id)).toMatchObject([{ status: 'Completed', output: 'done' }])
  })
})
