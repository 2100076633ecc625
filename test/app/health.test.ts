import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { GET as readDeep } from '@/app/api/health/deep/route'
import { GET as readMetrics } from '@/app/api/metrics/route'
import { functions } from '@/inngest'
import { schedules } from '@/inngest/schedules'
import { learnOffset, now } from '@/lib/clock'
import { db } from '@/lib/db'
import { countBy } from '@/lib/metrics/read-figures'
import { recordSlots } from '@/lib/schedules/take-slots'
import { ORIGIN } from '../support/app'
import { withPayments } from '../support/orders'
import { ownPayments } from '../support/payments'
import { everySchedule, ownProduct } from '../support/product'
import { addOrder, openShop } from '../support/shop'
import { workOf } from '../support/work'

const product = ownProduct({ schedules: everySchedule })
const payments = ownPayments()
withPayments(product, payments)
const { settle } = workOf(product)

const TOKEN = 'token-of-the-tests-0123'
const HOUR_MS = 3_600_000

beforeEach(() => product.setEnv({ METRICS_TOKEN: TOKEN }))

type Door = (request: Request) => Promise<Response>
const ask = (door: Door, token?: string) =>
  door(
    new Request(ORIGIN, {
      headers: { host: 'localhost:3000', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    }),
  )
const deep = async () => {
  const response = await ask(readDeep, TOKEN)
  return { status: response.status, ...(await response.json()) }
}
const text = async () => (await ask(readMetrics, TOKEN)).text()

describe('the doors of health and metrics', () => {
  it.each([
    ['deep', readDeep],
    ['metrics', readMetrics],
  ] as const)('are shut without a token, with a wrong one, and where none is set: %s', async (_, door) => {
    for (const token of [undefined, 'wrong', `${TOKEN}x`, TOKEN.slice(1)]) {
      const response = await ask(door, token)
      expect(response.status).toBe(401)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
    }
    product.setEnv({ METRICS_TOKEN: undefined })
    expect((await ask(door, TOKEN)).status).toBe(401)
  })
})

describe('the deep check', () => {
  it('is green while all goes on, and names each part', async () => {
    await settle('5m')
    const ok = { state: 'ok' }
    expect(await deep()).toMatchObject({
      ...{ status: 'ok', incidents: [] },
      parts: { database: ok, outbox: ok, engine: ok, schedules: ok, mail: ok, payments: ok },
    })
    expect((await ask(readDeep, TOKEN)).status).toBe(200)
  })

  it('is red when crons have stopped', async () => {
    await settle('5m')
    await product.engine().stop(0)
    learnOffset(HOUR_MS)
    const response = await ask(readDeep, TOKEN)
    expect(response.status).toBe(503)
    const { status, parts } = await response.json()
    expect(status).toBe('failing')
    expect(parts.schedules).toMatchObject({ state: 'failing', reason: expect.stringContaining('health-check is') })
    expect(parts.engine.state).toBe('failing')
    expect(parts.database).toEqual({ state: 'ok' })
  })

  it('tells of a provider that is away, and of what is open', async () => {
    product.setEnv({ STRIPE_BASE_URL: 'http://127.0.0.1:1' })
    await settle('5m')
    const { parts, incidents } = await deep()
    expect(parts.payments).toMatchObject({ state: 'failing', reason: expect.stringContaining('Stripe: ') })
    expect(incidents).toMatchObject([{ kind: 'payments-away', subject: 'Stripe' }])
  })
})

/** Every name that a text of Prometheus exposes, those of a histogram's series too. */
function namesOf(exposed: string): Set<string> {
  const kinds = [...exposed.matchAll(/^# TYPE (\S+) (\S+)$/gm)]
  return new Set(
    kinds.flatMap(([, name = '', kind]) =>
      kind === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  )
}

describe('the metrics', () => {
  it('count orders, letters, runs and what is late', async () => {
    const actor = await openShop()
    await addOrder(actor)
    await settle('5m')
    const exposed = await text()
    expect(exposed).toContain('backroom_orders_under_way{status="awaitingCard"} 1')
    expect(exposed).toContain('backroom_orders_last_day{status="confirmed"} 0')
    expect(exposed).toContain('backroom_schedule_late_seconds{schedule="health-check"} 0')
    expect(exposed).toMatch(/backroom_runs\{function="health-check",status="completed"\} [1-9]/)
    expect(exposed).toMatch(/backroom_run_duration_seconds\{function="health-check",quantile="0.95"\} \d/)
    expect(exposed).toMatch(/backroom_run_queue_wait_seconds\{function="health-check",quantile="0.5"\} \d/)
    expect(exposed).toContain('backroom_outbox_parked_events 0')
  })

  it('tell of a lag and of what is refused', async () => {
    const row = { name: 'test/any', data: {}, nextTryAt: new Date(Date.now() + HOUR_MS) }
    const createdAt = new Date(Date.now() - 600_000)
    await db().outboxEvent.createMany({
      data: [
        { ...row, id: 'a', createdAt },
        { ...row, id: 'b', status: 'parked' },
      ],
    })
    const exposed = await text()
    expect(Number(/^backroom_outbox_lag_seconds (\S+)$/m.exec(exposed)?.[1])).toBeGreaterThanOrEqual(600)
    expect(exposed).toContain('backroom_outbox_pending_events 1')
    expect(exposed).toContain('backroom_outbox_parked_events 1')
  })

  it('have labels of which there are only so many: what is of no function that is served counts as other', async () => {
    for (const functionId of ['gone-1', 'gone-2']) await db().runCount.create({ data: { functionId, amount: 3 } })
    const exposed = await text()
    expect(exposed).toContain('backroom_runs{function="other",status="awaited"} 6')
    const labels = new Set([...exposed.matchAll(/function="([^"]+)"/g)].map(([, id]) => id))
    const known = ['other', ...functions.map((fn) => fn.id())]
    expect([...labels].filter((id) => !known.includes(id ?? ''))).toEqual([])
    expect(countBy(['a'], [['a', 1], ['b', 2], ['c', 3]])).toEqual({ a: 1, other: 5 }) // biome-ignore format: a line
  })

  it('are those that the dashboard asks for', async () => {
    const dashboard = readFileSync(join(import.meta.dirname, '../../docs/grafana-dashboard.json'), 'utf8')
    const asked = [...dashboard.matchAll(/"expr": "((?:[^"\\]|\\.)*)"/g)].flatMap(([, query = '']) =>
      [...query.matchAll(/\b(?:backroom|engine)_\w+/g)].map(([name]) => name),
    )
    expect(asked.length).toBeGreaterThan(10)
    const ofEngine = await (await product.engine().fetch('/metrics')).text()
    const exposed = new Set([...namesOf(await text()), ...namesOf(ofEngine)])
    expect(asked.filter((name) => !exposed.has(name))).toEqual([])
    const own = [...namesOf(await text())]
    expect(
      own.filter((name) => !asked.includes(name)),
      'not shown on the dashboard',
    ).toEqual([])
  })

  it('say how late a schedule is', async () => {
    await settle('5m')
    const slot = new Date(Math.floor(now().getTime() / HOUR_MS) * HOUR_MS - 2 * HOUR_MS)
    await db().knownSchedule.updateMany({ data: { since: new Date(slot.getTime() - 1) } })
    await db().scheduleSlot.deleteMany({ where: { scheduleId: 'reconcile-payments' } })
    const late = async () =>
      Number(/schedule_late_seconds\{schedule="reconcile-payments"\} (\S+)/.exec(await text())?.[1])
    expect(await late()).toBeGreaterThanOrEqual(2 * 3_600)
    const slots = [slot, new Date(slot.getTime() + HOUR_MS), new Date(slot.getTime() + 2 * HOUR_MS)]
    await recordSlots({ scheduleId: 'reconcile-payments', slots, status: 'done', outcome: 'fine', now: now() })
    expect(await late()).toBe(0)
    expect(schedules.map(({ id }) => id)).toContain('reconcile-payments')
  })
})
