import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownDatabase } from '../support/database'
import { TestEngine } from '../support/engine'

const database = ownDatabase()
let engine: TestEngine

beforeEach(async () => {
  engine = await TestEngine.start({
    databaseUrl: database.url,
    functions: (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'test/go' }], retries: 0 }, async ({ event, step }) => {
        if (event.data.fails) throw new Error('boom')
        if (event.data.sleeps) await step.sleep('nap', '1h')
        return 'done'
      }),
      inngest.createFunction({ id: 'other', triggers: [{ event: 'test/other' }] }, async () => 'other'),
    ],
  })
})

afterEach(async () => {
  await engine.stop(0)
})

type Page = { data: Record<string, unknown>[]; metadata: { cursor: string | null } }

const ask = async (path: string) => {
  const response = await engine.fetch(path)
  return { status: response.status, body: (await response.json()) as Page & { error?: string } }
}

/** Reads a list to its end. */
const pages = async (path: string) => {
  const all: Page['data'][] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await ask(`${path}${cursor ? `&cursor=${cursor}` : ''}`)
    all.push(body.data)
    cursor = body.metadata.cursor
  }
  return all
}

describe('the list of events', () => {
  it('tells what was received, newest first, page by page', async () => {
    for (let n = 0; n < 5; n++) await engine.send({ name: 'test/seen', data: { n }, id: `fact-${n}` })
    const read = await pages('/v1/events?limit=2')
    expect(read.map((events) => events.map(({ data }) => (data as { n: number }).n))).toEqual([[4, 3], [2, 1], [0]])
    expect(read[0]?.[0]).toMatchObject({ id: 'fact-4', name: 'test/seen', internal_id: expect.any(String), user: {} })
  })

  it('can be had for one name, and for a span of time', async () => {
    await engine.send({ name: 'test/early' })
    await engine.move('1h')
    const between = new Date(engine.engine.clock.now()).toISOString()
    await engine.move('1h')
    await engine.send({ name: 'test/late' }, { name: 'test/late-too' })
    const names = async (query: string) => (await ask(`/v1/events?${query}`)).body.data.map(({ name }) => name)
    expect(await names('name=test/late')).toEqual(['test/late'])
    expect((await names(`received_after=${between}`)).sort()).toEqual(['test/late', 'test/late-too'])
    expect(await names(`received_before=${between}`)).toEqual(['test/early'])
  })

  it('has each event by the id that its sender was told', async () => {
    const [id] = await engine.send({ name: 'test/seen', data: { n: 1 }, id: 'fact' })
    expect((await ask(`/v1/events/${id}`)).body.data).toMatchObject({ internal_id: id, id: 'fact', data: { n: 1 } })
    expect((await ask('/v1/events/nothing')).status).toBe(404)
  })
})

describe('the list of runs', () => {
  beforeEach(async () => {
    await engine.send({ name: 'test/go', data: { sleeps: true } }, { name: 'test/go', data: { fails: true } })
    await engine.send({ name: 'test/go' }, { name: 'test/other' })
    await engine.move()
  })

  const outputs = async (query: string) => (await ask(`/v1/runs?${query}`)).body.data.map(({ output }) => output)

  it('can be had by status, by function under either of its ids, and from an instant on', async () => {
    expect(await outputs('status=Completed')).toEqual(['other', 'done'])
    expect(await outputs('status=Failed')).toMatchObject([{ message: 'boom' }])
    expect((await ask('/v1/runs?status=Running')).body.data).toMatchObject([{ status: 'Running', ended_at: null }])
    const uuid = engine.engine.world.functions.get('app-other')?.uuid
    expect([await outputs('function=app-other'), await outputs(`function=${uuid}`)]).toEqual([['other'], ['other']])
    expect(await outputs('from=2999-01-01T00:00:00Z')).toEqual([])
    expect(await outputs('function=nobody')).toEqual([])
  })

  it('goes page by page within a filter too', async () => {
    await engine.send({ name: 'test/go' }, { name: 'test/go' }, { name: 'test/other' })
    await engine.move()
    const read = await pages('/v1/runs?limit=2&status=Completed&function=app-f&from=2000-01-01T00:00:00Z')
    expect(read.map((page) => page.map(({ output }) => output))).toEqual([['done', 'done'], ['done']])
    const named = await pages('/v1/events?limit=1&name=test/other&received_after=2000-01-01T00:00:00Z')
    expect(named.flat().map(({ name }) => name)).toEqual(['test/other', 'test/other'])
  })

  it('goes page by page, each run once', async () => {
    const read = await pages('/v1/runs?limit=3')
    expect(read.map((page) => page.length)).toEqual([3, 1])
    expect(new Set(read.flat().map(({ run_id }) => run_id)).size).toBe(4)
  })
})

describe('the functions of an app', () => {
  it('are those that it serves now', async () => {
    expect((await ask('/v1/apps/app/functions')).body.data).toMatchObject([
      { slug: 'app-f', name: 'f', triggers: [{ event: 'test/go' }] },
      { slug: 'app-other' },
    ])
    expect((await ask('/v1/apps/nobody/functions')).status).toBe(404)
  })
})

describe('a list that is asked for wrongly', () => {
  it.each([
    ['/v1/events?limit=0', 'limit'],
    ['/v1/events?limit=101', 'limit'],
    ['/v1/events?limit=many', 'limit'],
    ['/v1/events?received_after=yesterday', 'received_after'],
    ['/v1/events?received_after=2026-02-30T00:00:00Z', 'received_after'],
    ['/v1/events?received_after=9999-12-31T23:59:59-23:59', 'received_after'],
    ['/v1/runs?from=0000-01-01T00:00:00Z', 'from'],
    ['/v1/events?cursor=%00', 'cursor'],
    ['/v1/events?name=%00', 'name'],
    ['/v1/events?name=', 'name'],
    ['/v1/runs?status=busy', 'status'],
    ['/v1/runs?function=a%00', 'function'],
    ['/v1/runs?from=1', 'from'],
    ['/v1/cancellations?limit=-1', 'limit'],
  ])('says which parameter is wrong: %s', async (path, field) => {
    const { status, body } = await ask(path)
    expect(status).toBe(400)
    expect(body.error).toMatch(new RegExp(`^${field}: `))
  })
})
