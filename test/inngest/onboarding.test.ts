import { describe, expect, it } from 'vitest'
import { closeAccount } from '@/lib/accounts/close-account'
import { closeDb, db } from '@/lib/db'
import { drainOutbox } from '@/lib/outbox/relay'
import { actorOf } from '../support/actors'
import { signedUp } from '../support/factories'
import { ownProduct } from '../support/product'

const product = ownProduct()

const drain = () => drainOutbox({ withinMs: 5_000 })
const move = async (by: string) => {
  await drain()
  expect(await product.engine().move(by)).toMatchObject({ settled: true })
}

/** The kinds of letters that reached somebody, oldest first, but for reports. */
const lettersTo = (email: string) =>
  product
    .mail()
    .letters()
    .filter(({ letter }) => letter.to.includes(email) && !letter.html?.includes('/chart.png'))
    .map(({ key }) => key?.split('/')[0])
    .reverse()

describe('the first days of an owner', () => {
  it('bring a welcome at once, tips a day later, and a reminder on day four to one who has not been back', async () => {
    const ann = await signedUp()
    await move('1h')
    expect(lettersTo(ann.email).sort()).toEqual(['verify-email', 'welcome'])
    await move('22h')
    expect(lettersTo(ann.email)).toHaveLength(2)
    await move('1h')
    expect(lettersTo(ann.email).slice(2)).toEqual(['tips'])
    await move('71h')
    expect(lettersTo(ann.email).slice(3)).toEqual([])
    await move('1h')
    expect(lettersTo(ann.email).slice(3)).toEqual(['re-engagement'])
    await move('30d')
    expect(lettersTo(ann.email)).toHaveLength(4)
  })

  it('bring no reminder to one who has been back', async () => {
    const ann = await signedUp()
    await move('50h')
    await actorOf(ann)
    await move('10d')
    expect(lettersTo(ann.email).sort()).toEqual(['tips', 'verify-email', 'welcome'])
  })

  it('bring one to somebody who only looked round in the hour of the sign-up', async () => {
    const ann = await signedUp()
    await actorOf(ann)
    await move('10d')
    expect(lettersTo(ann.email)).toContain('re-engagement')
  })

  it('end when the account is closed on day two', async () => {
    const ann = await signedUp()
    await move('30h')
    await closeAccount(await actorOf(ann))
    await move('10d')
    expect(lettersTo(ann.email).sort()).toEqual(['tips', 'verify-email', 'welcome'])
    const run = await db().run.findFirst({ where: { functionId: 'onboarding-workflow' } })
    expect(run).toMatchObject({ status: 'cancelled', isConfirmed: true, until: null })
  })

  it('end at the next letter, too, when the event of the closing never came', async () => {
    const ann = await signedUp()
    await move('1h')
    await db().account.updateMany({ data: { isActive: false, closedAt: new Date() } })
    await move('10d')
    expect(lettersTo(ann.email).sort()).toEqual(['verify-email', 'welcome'])
  })

  it('bring one welcome, though two functions send it', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => signedUp()))
    await move('1m')
    for (const { email } of people) expect(lettersTo(email).filter((key) => key === 'welcome')).toHaveLength(1)
  })

  it('go on after an outage of the provider, and nobody has a letter twice', async () => {
    const ann = await signedUp()
    await fetch(`${product.mail().url}/sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'refuse', status: 503, times: 12 }),
    })
    await move('2h')
    expect(lettersTo(ann.email).sort()).toEqual(['verify-email', 'welcome'])
    const failed = await db().$queryRaw`SELECT id FROM engine.run WHERE status = 'failed'`
    expect(failed).toEqual([])
  })

  it('go on after lost answers, and nobody has a letter twice', async () => {
    const ann = await signedUp()
    await fetch(`${product.mail().url}/sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'lose-answer', times: 3 }),
    })
    await move('5d')
    expect(lettersTo(ann.email).sort()).toEqual(['re-engagement', 'tips', 'verify-email', 'welcome'])
  })
})

describe('a database that is away', () => {
  it('uses up no attempt of the functions that need it', async () => {
    const ann = await signedUp()
    const engine = product.engine()
    const strangers: number[] = []
    let isHeld = true
    engine.fault = () => (isHeld ? { status: 502, headers: {}, body: '' } : undefined)
    await drain()
    await cutOffDatabase()
    isHeld = false
    engine.heard = ({ status }) => strangers.push(status)
    const away = () => strangers.filter((status) => status === 503).length
    await expect.poll(away, { timeout: 20_000 }).toBeGreaterThan(5)
    await restoreDatabase()
    await move('1m')
    expect(lettersTo(ann.email).sort()).toEqual(['verify-email', 'welcome'])
    expect(new Set(engine.calls.map(({ body }) => body.ctx.attempt))).toEqual(new Set([0]))
  })
})

/** Points the app's own code at a database where nobody answers. */
async function cutOffDatabase(): Promise<void> {
  const url = new URL(product.databaseUrl())
  url.port = '1'
  await pointAt(url.href)
}

const restoreDatabase = () => pointAt(product.databaseUrl())

async function pointAt(url: string): Promise<void> {
  product.setEnv({ DATABASE_URL: url })
  const { forgetEnv } = await import('@/lib/env')
  forgetEnv()
  await closeDb()
}
