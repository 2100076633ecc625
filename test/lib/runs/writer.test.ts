import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { closeDb, db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { isFirstSightOfMemo } from '@/lib/runs/memory'
import type { Note } from '@/lib/runs/notes'
import { ledgerWritten, note } from '@/lib/runs/writer'
import { ownApp } from '../../support/app'
import { called, callOf } from '../../support/notes'

const app = ownApp()
const written = () => ledgerWritten({ withinMs: 10_000 })

const pointAt = async (url: string) => {
  app.setEnv({ DATABASE_URL: url })
  forgetEnv()
  await closeDb()
}

const cutOff = () => {
  const url = new URL(app.databaseUrl())
  url.port = '1'
  return pointAt(url.href)
}

async function inDatabase(sql: string): Promise<void> {
  const client = new pg.Client(app.databaseUrl())
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

describe('notes', () => {
  it('are written together within a moment', async () => {
    for (let n = 0; n < 1_000; n++) note(called(`run-${n}`))
    expect(await written()).toBe(true)
    expect(await db().run.count()).toBe(1_000)
  })

  it('cost whoever takes them no time, and wait while the database is away', async () => {
    note(called('before'))
    await written()
    await cutOff()
    note(called('during'))
    expect(await ledgerWritten({ withinMs: 100 })).toBe(false)
    await pointAt(app.databaseUrl())
    note(called('after'))
    expect(await written()).toBe(true)
    expect((await db().run.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)).toEqual([
      'after',
      'before',
      'during',
    ])
  })

  it('are written after their connections were cut', async () => {
    note(called('before'))
    await written()
    await inDatabase(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    ).catch(() => undefined)
    note(called('after'))
    expect(await written()).toBe(true)
    expect(await db().run.count()).toBe(2)
  })

  it('wait for whatever else is wrong with the database, such as a table that is not there yet', async () => {
    await inDatabase('ALTER TABLE "Run" RENAME TO "Away"')
    note(called('r1'), { kind: 'line', runId: 'r1', at: new Date(), text: 'one line' })
    expect(await ledgerWritten({ withinMs: 100 })).toBe(false)
    await inDatabase('ALTER TABLE "Away" RENAME TO "Run"')
    expect(await written()).toBe(true)
    expect(await db().runLine.findMany({ select: { text: true } })).toEqual([{ text: 'one line' }])
  })

  it('are left out one by one where they can’t be written, and all others stand', async () => {
    const notes = Array.from({ length: 50 }, (_, n) => called(`run-${n}`))
    const half = called('half')
    note(...notes.slice(0, 20), { ...half, call: { ...half.call, functionId: 'NUL \u0000' } }, ...notes.slice(20, 40))
    note({ kind: 'line', runId: 'run-1', at: new Date(Number.NaN), text: 'never' }, ...notes.slice(40))
    note({ kind: 'line', runId: 'run-1', at: new Date(), text: 'once' })
    expect(await written()).toBe(true)
    expect(await db().run.count()).toBe(50)
    expect(await db().runLine.findMany({ select: { text: true } })).toEqual([{ text: 'once' }])
  })

  it('about a run that nobody knows change nothing', async () => {
    note({ kind: 'line', runId: 'nobody', at: new Date(), text: 'x' })
    note({
      kind: 'progress',
      runId: 'nobody',
      progress: { step: 1, totalSteps: 2, currentOperation: 'x', percent: 50 },
    })
    expect(await written()).toBe(true)
    expect(await db().runLine.count()).toBe(0)
  })

  it('beyond what is kept are let go, and what was seen is seen anew', async () => {
    await cutOff()
    expect(isFirstSightOfMemo('r', 's')).toBe(true)
    expect(isFirstSightOfMemo('r', 's')).toBe(false)
    const progress = { step: 1, totalSteps: 2, currentOperation: 'x', percent: 50 }
    for (let n = 0; n < 60_000; n++) note({ kind: 'progress', runId: 'r1', progress })
    note(called('too many'))
    expect(isFirstSightOfMemo('r', 's')).toBe(true)
    await pointAt(app.databaseUrl())
    expect(await written()).toBe(true)
    expect(await db().run.count()).toBe(0)
  })

  it('of the end of a pause and of the next pause are written together, and the next one counts', async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 0, day))
    const sleeping = (id: string, from: number, until: number): Note[] => {
      const call = callOf('r', { calledAt: at(from) })
      const step = { runId: 'r', id, name: id, kind: 'sleep', foundAt: at(from), until: at(until), input: null }
      return [
        { kind: 'called', call },
        { kind: 'step found', step: { ...step, status: 'sleeping' } },
        { kind: 'stands', call, standing: { status: 'sleeping', until: at(until) } },
      ]
    }
    note(...sleeping('first', 1, 2))
    await written()
    const [next, ...pause] = sleeping('second', 2, 5)
    const over = { runId: 'r', id: 'first', name: 'first', kind: 'sleep', output: null, error: null }
    note(next as Note, { kind: 'step memoised', step: { ...over, status: 'completed', seenAt: at(2) } }, ...pause)
    await written()
    expect(await db().run.findFirst()).toMatchObject({ status: 'sleeping', until: at(5) })
  })

  it('of one run by many writers at once all go through', async () => {
    const runIds = Array.from({ length: 40 }, () => randomUUID())
    const url = app.databaseUrl()
    const other = new pg.Client(url)
    await other.connect()
    for (let round = 0; round < 20; round++) {
      for (const id of runIds) note({ ...called(id), call: callOf(id, { calledAt: new Date(1_000_000 + round) }) })
      const rows = [...runIds].reverse().map((id) => `'${id}'`)
      await other.query(`UPDATE "Run" SET "until" = now() WHERE "id" IN (${rows.join()})`).catch(() => undefined)
    }
    await other.end()
    expect(await written()).toBe(true)
    expect(await db().run.count()).toBe(40)
  })
})
