import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { followRuns } from '@/lib/runs/live'
import { endNewsStreams, newsStream, reopenNewsStreams } from '@/lib/runs/news-stream'
import { ledgerWritten, note } from '@/lib/runs/writer'
import { ownLedgerDatabase } from '../../support/ledger-database'
import { called } from '../../support/notes'

const database = ownLedgerDatabase()
const SOON = { timeout: 5_000, interval: 20 }
const written = () => ledgerWritten({ withinMs: 10_000 })
const ends: (() => void)[] = []

afterEach(async () => {
  for (const end of ends.splice(0)) end()
  reopenNewsStreams()
  await expect.poll(connections, SOON).toBe(0)
})

async function ask<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client(database.url())
  await client.connect()
  try {
    return (await client.query<T>(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** How many connections listen for news in this database. */
async function connections(): Promise<number> {
  const sql = `SELECT pid FROM pg_stat_activity WHERE application_name = 'backroom-live' AND datname = current_database()`
  return (await ask(sql)).length
}

/** What a follower hears, each as its ids; '' where it is to look for itself. */
function following(): string[] {
  const heard: string[] = []
  ends.push(followRuns((runIds) => heard.push([...runIds].sort().join())))
  return heard
}

describe('news of runs', () => {
  it('reach every follower over one connection, which ends with the last one', async () => {
    const followers = [following(), following(), following()]
    await expect.poll(() => followers, SOON).toEqual([[''], [''], ['']])
    expect(await connections()).toBe(1)
    note(called('r1'), called('r2'))
    await written()
    await expect
      .poll(() => followers, SOON)
      .toEqual([
        ['', 'r1,r2'],
        ['', 'r1,r2'],
        ['', 'r1,r2'],
      ])
    ends.shift()?.()
    note(called('r3'))
    await written()
    await expect.poll(() => followers[1]?.length, SOON).toBe(3)
    expect(followers[0]).toHaveLength(2)
  })

  it('have whoever joins later look for itself first', async () => {
    const first = following()
    await expect.poll(() => first, SOON).toEqual([''])
    const second = following()
    await expect.poll(() => second, SOON).toEqual([''])
    expect(first).toEqual([''])
  })

  it('are heard from other processes', async () => {
    const heard = following()
    await expect.poll(() => heard, SOON).toEqual([''])
    await ask(`SELECT pg_notify('run_ledger', 'from-elsewhere')`)
    await expect.poll(() => heard, SOON).toEqual(['', 'from-elsewhere'])
  })

  it('are heard again when the connection was cut, and what was missed is looked for', async () => {
    const heard = following()
    await expect.poll(() => heard, SOON).toEqual([''])
    await ask(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'backroom-live'
      AND datname = current_database()`)
    await expect.poll(() => heard, SOON).toEqual(['', ''])
    expect(await connections()).toBe(1)
    note(called('r1'))
    await written()
    await expect.poll(() => heard, SOON).toEqual(['', '', 'r1'])
  })

  it('of more runs than a notification holds all come', async () => {
    const heard = following()
    await expect.poll(() => heard, SOON).toEqual([''])
    for (let n = 0; n < 450; n++) note(called(`01J0000000000000000000000${n}`))
    await written()
    await expect.poll(() => new Set(heard.join().split(',').filter(Boolean)).size, SOON).toBe(450)
  })
})

/** Reads a stream for as long as it goes on. */
function reading(stream: ReadableStream<Uint8Array> | null): { text: string; isOver: boolean } {
  const read = { text: '', isOver: false }
  const decoder = new TextDecoder()
  void (async () => {
    for await (const chunk of stream ?? []) read.text += decoder.decode(chunk)
    read.isOver = true
  })()
  return read
}

const NEWS = /data: (.*)\n\n/g
const newsOf = ({ text }: { text: string }) => [...text.matchAll(NEWS)].map(([, json]) => JSON.parse(json ?? '').runIds)

describe('a stream of news', () => {
  it('tells of all runs or of one, gathered, and begins with having the page look', async () => {
    const end = new AbortController()
    ends.push(() => end.abort())
    const all = reading(newsStream(null, end.signal))
    const one = reading(newsStream('r2', end.signal))
    await expect.poll(() => [newsOf(all), newsOf(one)], SOON).toEqual([[[]], [[]]])
    expect(all.text).toMatch(/^retry: 1000\n\n/)
    note(called('r1'), called('r3'))
    await written()
    await expect.poll(() => newsOf(all), SOON).toEqual([[], ['r1', 'r3']])
    expect(newsOf(one)).toEqual([[]])
    note(called('r2'))
    await written()
    await expect.poll(() => newsOf(one).length, SOON).toBe(2)
  })

  it('ends with its request, its reader, or the process, and then opens no more', async () => {
    const request = new AbortController()
    const open = new AbortController()
    const ofRequest = reading(newsStream(null, request.signal))
    const ofReader = newsStream(null, open.signal)
    const ofProcess = reading(newsStream(null, open.signal))
    request.abort()
    await ofReader?.cancel()
    await expect.poll(() => newsOf(ofProcess), SOON).toEqual([[]])
    await expect.poll(() => ofRequest.isOver, SOON).toBe(true)
    const tooLate = reading(newsStream(null, request.signal))
    await expect.poll(() => tooLate.isOver, SOON).toBe(true)
    note(called('r1'))
    await written()
    await expect.poll(() => newsOf(ofProcess).flat(), SOON).toContain('r1')
    endNewsStreams()
    await expect.poll(() => ofProcess.isOver, SOON).toBe(true)
    expect(newsStream(null, open.signal)).toBeNull()
  })
})
