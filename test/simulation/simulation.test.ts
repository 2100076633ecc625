import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectWriter } from '@/engine/store/connect'
import { createDatabase, type TestDatabase } from '../support/database'
import { simulate } from './world'

/** The same worlds each time; `npm run simulate` makes new ones. */
const SEEDS = Array.from({ length: 25 }, (_, n) => n + 1)

let database: TestDatabase
let db: pg.Client

beforeAll(async () => {
  database = await createDatabase()
  db = await connectWriter(database.url)
})

afterAll(async () => {
  await db.end()
  await database.drop()
})

it('random workflows lose nothing and repeat nothing that is stored, whatever fails and is killed', async () => {
  for (const seed of SEEDS) {
    const { broken } = await simulate(database.url, db, seed)
    expect(broken, `npm run simulate -- --seed ${seed}`).toEqual([])
  }
}, 120_000)

it('goes the same way each time for the same seed', async () => {
  const [first, second] = [await simulate(database.url, db, 7), await simulate(database.url, db, 7)]
  expect(second.counts).toEqual(first.counts)
  expect(second.runs).toEqual(first.runs)
}, 60_000)
