import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { closeAccount } from '@/lib/accounts/close-account'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { unsubscribe } from '@/lib/emails/unsubscribe'
import { drainOutbox } from '@/lib/outbox/relay'
import { requestReport } from '@/lib/reports/request-report'
import { addDays } from '@/lib/time/calendar-date'
import { wallClockOf } from '@/lib/time/zoned-instant'
import { actorOf } from '../support/actors'
import { Chance } from '../support/chance'
import { signedUp } from '../support/factories'
import { ownProduct } from '../support/product'
import { withDatabase } from '../support/with-database'
import { workOf } from '../support/work'

const product = ownProduct({ schedules: ['daily-report', 'weekly-digest', 'monthly-report'] })
const { settle, runsOf } = workOf(product)

const ZONES = ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia']

/** The letters with reports that reached somebody. */
const reportsTo = (email: string) =>
  product
    .mail()
    .letters()
    .filter(({ letter }) => letter.to.includes(email) && letter.headers?.['List-Unsubscribe'])

/** Whatever the date is: a longer move may come to a Monday, or to the 1st. */
const dailyOnly = () => db().reportSchedule.updateMany({ where: { type: { not: 'daily' } }, data: { isOn: false } })

const DAY_MINUTES = 24 * 60

const inZones = () => Promise.all(ZONES.map((timeZone) => signedUp({ timeZone })))

const reports = () => db().report.findMany({ orderBy: [{ accountId: 'asc' }, { startDate: 'asc' }] })

describe('a report', () => {
  it('is made for each account on its morning, with one letter', async () => {
    const shops = await inZones()
    await settle('25h')
    await settle('24h')
    const made = await reports()
    for (const { accountId, email, timeZone } of shops) {
      const own = made.filter((report) => report.accountId === accountId)
      const days = own
        .filter(({ type }) => type === 'daily')
        .map(({ startDate }) => startDate.toISOString().slice(0, 10))
      const { date, hour } = wallClockOf(now(), timeZone)
      // Two days have gone by: of the last one there is none before nine.
      expect(days.at(-1), timeZone).toBe(addDays(date, hour < 9 ? -2 : -1))
      expect(new Set(days).size).toBe(days.length)
      expect(reportsTo(email), email).toHaveLength(own.length)
    }
    expect(await db().letter.count({ where: { template: 'report', status: { not: 'sent' } } })).toBe(0)
  })

  it('is made once, though the next ticks look again', async () => {
    await inZones()
    await settle('48h')
    const before = await reports()
    expect(before.length).toBeGreaterThan(0)
    for (let tick = 0; tick < 3; tick++) await settle('15m')
    // In another zone it may have become nine meanwhile: that is another account's report.
    const factOf = ({ accountId, type, startDate }: (typeof before)[number]) => `${accountId} ${type} ${+startDate}`
    const facts = new Set(before.map(factOf))
    expect((await reports()).filter((report) => facts.has(factOf(report)))).toEqual(before)
  })

  it('is not made for an account that was closed', async () => {
    const ann = await signedUp()
    await closeAccount(await actorOf(ann))
    await settle('72h')
    expect(await reports()).toEqual([])
    expect(await db().reportSchedule.findMany({ select: { lookAt: true } })).toEqual(Array(3).fill({ lookAt: null }))
  })

  it('that can’t be made with others is sent again alone, fails by itself, and leaves the others be', async () => {
    const [bad, ...good] = await inZones()
    await db().account.update({ where: { id: bad?.accountId ?? '' }, data: { timeZone: 'Mars/Olympus' } })
    await settle('48h')
    await settle('24h')
    const made = await reports()
    expect(new Set(made.map(({ accountId }) => accountId))).toEqual(new Set(good.map(({ accountId }) => accountId)))
    const letters = await db().deadLetter.findMany()
    expect(letters.length).toBeGreaterThan(0)
    for (const { functionId, events } of letters) {
      expect(functionId).toBe('generate-report')
      expect(events).toMatchObject([{ data: { accountId: bad?.accountId, single: true } }])
    }
  })

  it('tells how far the fan-out has come', async () => {
    await inZones()
    await settle('48h')
    const runs = await runsOf('daily-report')
    expect(runs.filter(({ progress }) => progress !== null)).toMatchObject([
      { status: 'completed', progress: { step: 5, totalSteps: 5, percent: 100 } },
    ])
  })
})

describe('the event that a report is due', () => {
  it('is of that morning, however far time was moved, and so nobody has waited for long', async () => {
    await inZones()
    await settle('72h')
    const asked = await runsOf('generate-report')
    expect(asked.length).toBeGreaterThan(0)
    const waits = asked.map(({ queuedAt, startedAt }) => (startedAt?.getTime() ?? Number.NaN) - queuedAt.getTime())
    expect(Math.max(...waits)).toBeLessThan(3_600_000)
  })
})

describe('a report that is made again', () => {
  const again = async (ann: Awaited<ReturnType<typeof signedUp>>, withLetter: boolean) => {
    const { startDate } = await db().report.findFirstOrThrow({ where: { type: 'daily' } })
    const form = {
      ...{
        type: 'daily' as const,
        startDate: startDate.toISOString().slice(0, 10),
        withLetter,
        requestId: randomUUID(),
      },
    }
    expect(await requestReport(await actorOf(ann), form, now())).toMatchObject({ ok: true })
    await settle('1m')
  }

  it('replaces the old one, and no second letter goes out', async () => {
    const ann = await signedUp()
    await dailyOnly()
    await settle('40h')
    const [before] = await reports()
    await again(ann, false)
    const [after] = await reports()
    expect(after).toMatchObject({ id: before?.id, version: 2, startDate: before?.startDate })
    expect(after?.madeAt.getTime()).toBeGreaterThan(before?.madeAt.getTime() ?? 0)
    expect(reportsTo(ann.email)).toHaveLength(1)
  })

  it('goes out once more where that was asked for, and can be made again and again', async () => {
    const ann = await signedUp()
    await dailyOnly()
    await settle('40h')
    await again(ann, true)
    await again(ann, true)
    expect(await reports()).toMatchObject([{ version: 3 }])
    expect(reportsTo(ann.email)).toHaveLength(3)
  })
})

describe('a report that is asked for before its morning', () => {
  const early = async (withLetter: boolean) => {
    const ann = await signedUp({ timeZone: 'Europe/London' })
    await dailyOnly()
    const { hour, minute } = wallClockOf(now(), 'Europe/London')
    // To half past eight of the next day or the one after: the report comes at nine.
    await settle(`${DAY_MINUTES + ((8.5 * 60 - hour * 60 - minute + DAY_MINUTES) % DAY_MINUTES)}m`)
    const before = await db().report.count()
    const yesterday = addDays(wallClockOf(now(), 'Europe/London').date, -1)
    const form = { type: 'daily' as const, startDate: yesterday, withLetter, requestId: randomUUID() }
    expect(await requestReport(await actorOf(ann), form, now())).toMatchObject({ ok: true })
    await settle('1m')
    // The letter's event may have gone out only then.
    await settle()
    expect(await db().report.count()).toBe(before + 1)
    return { ann, lettersAtEight: reportsTo(ann.email).length - before }
  }

  it.each([
    { withLetter: false, atEight: 0 },
    { withLetter: true, atEight: 1 },
  ])('has one letter, then or on its morning: %o', async ({ withLetter, atEight }) => {
    const { ann, lettersAtEight } = await early(withLetter)
    expect(lettersAtEight).toBe(atEight)
    await settle('2h')
    const all = await reports()
    expect(reportsTo(ann.email)).toHaveLength(all.length)
    expect(all.every(({ version }) => version === 1)).toBe(true)
  })
})

describe('the readers of a report', () => {
  it('are several, each with a letter of their own, until one wants no more', async () => {
    const ann = await signedUp()
    const readers = ['bea@example.com', 'cid@example.com']
    await dailyOnly()
    await db().account.updateMany({ data: { reportRecipients: readers } })
    await settle('40h')
    expect(readers.map((reader) => reportsTo(reader).length)).toEqual([1, 1])
    expect(reportsTo(ann.email)).toHaveLength(0)
    const link = /<(.+)>/.exec(reportsTo('bea@example.com')[0]?.letter.headers?.['List-Unsubscribe'] ?? '')?.[1]
    await unsubscribe(new URL(link ?? '').searchParams.get('token') ?? '')
    await settle('24h')
    const made = await db().report.count()
    expect(made).toBeGreaterThan(1)
    expect(readers.map((reader) => reportsTo(reader).length)).toEqual([1, made])
  })
})

describe('a morning whose connections are cut at random', () => {
  it.each([1, 2, 3])(
    'still brings each account one report and one letter (seed %s)',
    async (seed) => {
      const chance = new Chance(seed)
      const shops = await Promise.all([...ZONES, ...ZONES, ...ZONES].map((timeZone) => signedUp({ timeZone })))
      await drainOutbox({ withinMs: 5_000 })
      await settle('1m')
      let isOver = false
      // Also where it takes too long: the next test's connections are not to be cut.
      onTestFinished(() => {
        isOver = true
      })
      // One for all blows: opening one takes longer than what is struck.
      const blows = withDatabase(product.databaseUrl(), async (client) => {
        while (!isOver) {
          // A pause at times: opening connections alone may take a slow machine longer than from one blow to the next.
          await sleep(chance.is(0.3) ? chance.between(200, 600) : chance.between(5, 60))
          await cutConnections(client)
        }
      })
      for (let move = 0; move < 3; move++) await product.engine().move('13h')
      isOver = true
      await blows
      await settle('2h')
      const made = await reports()
      for (const { accountId, email } of shops) {
        const own = made.filter((report) => report.accountId === accountId)
        expect(own.length, accountId).toBeGreaterThan(0)
        expect(reportsTo(email), email).toHaveLength(own.length)
      }
      expect(await db().letter.count({ where: { template: 'report', status: { not: 'sent' } } })).toBe(0)
    },
    120_000,
  )
})

/** The app's own connections; the engine goes on. */
async function cutConnections(client: pg.Client): Promise<void> {
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'backroom-app'`,
  )
}
