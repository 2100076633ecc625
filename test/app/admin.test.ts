import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { GET as metrics } from '@/app/api/admin/jobs/metrics/route'
import { GET as news } from '@/app/api/admin/news/route'
import { functions } from '@/inngest'
import { db } from '@/lib/db'
import { confirmEnd } from '@/lib/runs/confirm-end'
import { endNewsStreams } from '@/lib/runs/news-stream'
import { ownApp } from '../support/app'
import { ask } from '../support/doors'
import { operatorAndOwner } from '../support/sessions'

const app = ownApp()
const TOKEN = 'a-token-of-some-length'
let cookies: { operator: string; owner: string }

beforeEach(async () => {
  const { operator, owner } = await operatorAndOwner()
  cookies = { operator: operator.cookie, owner: owner.cookie }
})

const counted = (headers: Record<string, string>) => ask(metrics, 'GET', undefined, headers)

describe('the counts of the functions', () => {
  it('are told an operator by session, and nobody else', async () => {
    expect((await counted({ cookie: cookies.operator })).status).toBe(200)
    expect(await counted({ cookie: cookies.owner })).toMatchObject({ status: 403, body: { title: expect.any(String) } })
    expect((await counted({})).status).toBe(401)
  })

  it('are told a program by the token of the environment', async () => {
    app.setEnv({ METRICS_TOKEN: TOKEN })
    expect((await counted({ authorization: `Bearer ${TOKEN}` })).status).toBe(200)
    expect((await counted({ authorization: `bearer ${TOKEN}` })).status).toBe(200)
    for (const wrong of [`${TOKEN}x`, TOKEN.slice(1), 'x', 'x'.repeat(9_000)]) {
      const { status, headers } = await counted({ authorization: `Bearer ${wrong}` })
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    }
    expect((await counted({ authorization: `Basic ${TOKEN}` })).status).toBe(401)
  })

  it('are told by no token where the environment has none', async () => {
    for (const token of ['', 'undefined', 'null', TOKEN])
      expect((await counted({ authorization: `Bearer ${token}` })).status).toBe(401)
  })

  it('name every function that is served, with nothing to count too', async () => {
    const { body } = await counted({ cookie: cookies.operator })
    const told = body.functions as Record<string, object>
    expect(Object.keys(told)).toEqual(functions.map((fn) => fn.id()).sort())
    for (const counts of Object.values(told))
      expect(counts).toEqual({ waiting: 0, active: 0, delayed: 0, completed: 0, failed: 0, cancelled: 0, total: 0 })
    expect(body.at).toEqual(expect.any(String))
  })

  it('count what is waiting, under way, asleep and over', async () => {
    const at = new Date()
    const row = {
      functionId: 'send-email',
      eventId: 'e',
      eventName: 'email/requested',
      events: [],
      queuedAt: at,
      calledAt: at,
    }
    const open = ['queued', 'running', 'waiting', 'retrying', 'sleeping', 'sleeping'] as const
    await db().run.createMany({ data: open.map((status, n) => ({ ...row, id: `o${n}`, status })) })
    for (const status of ['completed', 'completed', 'failed', 'cancelled'] as const)
      await confirmEnd({ runId: `e${await db().run.count()}`, functionId: 'send-email', status, endedAt: at })
    const pair = { functionId: 'send-email', eventName: 'email/requested', serverEventId: 's', lookUpAt: at }
    await db().awaitedRun.createMany({
      data: [
        { ...pair, eventId: 'now', dueAt: at },
        { ...pair, eventId: 'tomorrow', dueAt: new Date(at.getTime() + 86_400_000) },
      ],
    })
    const { body } = await counted({ cookie: cookies.operator })
    expect((body.functions as Record<string, object>)['send-email']).toEqual({
      ...{ waiting: 2, active: 3, delayed: 3, completed: 2, failed: 1, cancelled: 1, total: 12 },
    })
  })
})

describe('the news', () => {
  const open = async (path = '') => {
    const abort = new AbortController()
    const headers = { host: 'localhost:3000', cookie: cookies.operator }
    const response = await news(
      new Request(`http://localhost:3000/api/admin/news${path}`, { headers, signal: abort.signal }),
    )
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    const next = async () => {
      const { done, value } = await reader.read()
      return done ? 'the end' : new TextDecoder().decode(value)
    }
    return { response, next, abort: () => abort.abort() }
  }
  const endRun = (runId: string) => confirmEnd({ runId, functionId: 'f', status: 'completed', endedAt: new Date() })

  it('are for operators alone', async () => {
    expect((await ask(news, 'GET')).status).toBe(401)
    expect((await ask(news, 'GET', undefined, { cookie: cookies.owner })).status).toBe(403)
  })

  it('name the runs that have some, until the one who follows has gone', async () => {
    const stream = await open()
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream')
    expect(await stream.next()).toBe('retry: 1000\n\n')
    await heard(async () => endRun('r1'), stream.next)
    stream.abort()
    expect(await lastOf(stream.next)).toBe('the end')
    await expect.poll(listeners).toBe(0)
  })

  it('end when the process is about to stop, and none begin then', async () => {
    const stream = await open()
    expect(await stream.next()).toBe('retry: 1000\n\n')
    endNewsStreams()
    expect(await lastOf(stream.next)).toBe('the end')
    const refused = await ask(news, 'GET', undefined, { cookie: cookies.operator })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    await expect.poll(listeners).toBe(0)
  })

  it('end at once for one who has gone already', async () => {
    const headers = { host: 'localhost:3000', cookie: cookies.operator }
    const gone = new Request('http://localhost:3000/api/admin/news', { headers, signal: AbortSignal.abort() })
    const response = await news(gone)
    const text = await Promise.race([response.text(), sleep(5_000, 'no end')])
    expect(text).not.toBe('no end')
    await expect.poll(listeners).toBe(0)
  })
})

/** What a stream says last; a sign of life may have been on its way when it was ended. */
async function lastOf(next: () => Promise<string>): Promise<string> {
  const said = await next()
  return said === ': still here\n\n' ? lastOf(next) : said
}

/** Makes news until the stream tells of some: at first nobody may be listening yet. */
async function heard(makeNews: () => Promise<void>, next: () => Promise<string>): Promise<void> {
  let isHeard = false
  const told = next().then((text) => {
    isHeard = true
    return text
  })
  while (!isHeard) {
    await makeNews()
    await Promise.race([told, sleep(50)])
  }
  expect(await told).toBe('data: {"runIds":["r1"]}\n\n')
}

/** Connections that listen for news in this test's database. */
async function listeners(): Promise<number> {
  const [{ n } = { n: -1 }] = await db().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'backroom-live' AND datname = current_database()`
  return n
}
