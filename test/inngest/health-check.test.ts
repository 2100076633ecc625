import { beforeEach, describe, expect, it } from 'vitest'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { ALERT_SECRET, ownAlertReceiver } from '../support/alert-receiver'
import { operator } from '../support/factories'
import { orderWhole, placedOrder, withPayments } from '../support/orders'
import { ownPayments } from '../support/payments'
import { everySchedule, ownProduct } from '../support/product'
import { addProduct, openShop } from '../support/shop'
import { workOf } from '../support/work'

const product = ownProduct({ schedules: everySchedule })
const payments = ownPayments()
withPayments(product, payments)
const receiver = ownAlertReceiver()
const { settle, settleToAfterTheHour, runsOf, letters: deadLetters } = workOf(product)

const HOUR_MS = 3_600_000
let olga: string

beforeEach(async () => {
  product.setEnv({ ALERT_WEBHOOK_URL: receiver.url(), ALERT_WEBHOOK_SECRET: ALERT_SECRET })
  olga = (await operator('olga@example.com')).email
  // While payments are away, an hourly look at them would be late: most tests here end before the next one.
  await settleToAfterTheHour()
})

/** Letters about incidents that reached somebody, by their subjects. */
const alerts = () =>
  product
    .mail()
    .letters()
    .filter(({ key }) => key?.startsWith('incident/'))
    .map(({ letter }) => `${letter.to.join()}: ${letter.subject}`)
const incidents = () => db().incident.findMany({ orderBy: [{ openedAt: 'asc' }, { kind: 'asc' }] })
const posted = () => receiver.taken.map(({ body }) => `${body.event} ${body.incident?.kind}`)
const paymentsFail = () => payments.fault({ kind: 'server-error', on: 'payment_intents.list', times: 1_000 })
const lastCheck = async () => (await runsOf('health-check')).at(-1)?.output

describe('the health check', () => {
  it('comes every five minutes, and finds nothing where all is well', async () => {
    await settle('5m')
    await settle('5m')
    expect(await lastCheck()).toMatchObject({ checked: true, findings: [], opened: 0, closed: 0, notMade: [] })
    expect(await incidents()).toEqual([])
    const slots = await db().scheduleSlot.findMany({ where: { scheduleId: 'health-check' } })
    // While the test goes on, real time may have come to another one.
    expect(slots.length).toBeGreaterThanOrEqual(2)
    expect(new Set(slots.map(({ outcome }) => outcome))).toEqual(new Set(['0 opened, 0 closed']))
    expect(receiver.bodies).toEqual([])
  })

  it('opens an incident once, has it told once by letter and by webhook, and the same when it is over', async () => {
    receiver.refuse(2)
    await paymentsFail()
    for (let tick = 0; tick < 3; tick++) await settle('5m')
    expect(await incidents()).toMatchObject([{ kind: 'payments-away', subject: 'Stripe', closedAt: null }])
    expect(alerts()).toEqual([`${olga}: No payments can be taken (Stripe)`])
    expect(posted()).toEqual(['incident/opened payments-away'])
    // It was refused twice, and said the same each time.
    expect(receiver.bodies).toHaveLength(3)
    expect(new Set(receiver.bodies).size).toBe(1)

    await payments.fault({ kind: 'none' })
    for (let tick = 0; tick < 3; tick++) await settle('5m')
    const [incident, ...others] = await incidents()
    expect(others).toEqual([])
    expect(incident).toMatchObject({ alertedAt: expect.any(Date), closedAt: expect.any(Date) })
    expect(incident?.closeAlertedAt).not.toBeNull()
    expect(alerts().sort()).toEqual([
      `${olga}: No payments can be taken (Stripe)`,
      `${olga}: Over: No payments can be taken (Stripe)`,
    ])
    expect(posted()).toEqual(['incident/opened payments-away', 'incident/closed payments-away'])
    const keys = ['opened', 'closed'].map((state) => `incident/${incident?.id}/${state}`)
    expect(receiver.taken.map(({ key, isSigned }) => ({ key, isSigned }))).toEqual(
      keys.map((key) => ({ key, isSigned: true })),
    )
    expect(await deadLetters()).toEqual([])
  })

  it('is told in the shape of Slack where that is asked for', async () => {
    product.setEnv({ ALERT_WEBHOOK_FORMAT: 'slack', ALERT_WEBHOOK_SECRET: undefined })
    await paymentsFail()
    await settle('5m')
    expect(receiver.taken).toHaveLength(1)
    expect(receiver.taken[0]?.body.text).toMatch(/^\*No payments can be taken\* \(Stripe\)\n.*\/console\/incidents#/s)
  })

  it('stays one incident where what is wrong goes on in another way, which is what it then says', async () => {
    await paymentsFail()
    await settle('5m')
    const [before] = await incidents()
    await payments.fault({ kind: 'none' })
    product.setEnv({ STRIPE_BASE_URL: 'http://127.0.0.1:1' })
    await settle('5m')
    const after = await incidents()
    expect(after).toMatchObject([{ id: before?.id, kind: 'payments-away', closedAt: null }])
    expect(after[0]?.message).not.toBe(before?.message)
    expect(posted()).toEqual(['incident/opened payments-away'])
  })

  it('has an order settled that is stuck, and tells of it', async () => {
    const actor = await openShop()
    const mug = await addProduct(actor, { price: '1', onHand: 20 })
    const orderId = await placedOrder(actor, [{ productId: mug, quantity: 1 }])
    await settle('5m')
    expect(await incidents()).toEqual([])
    const placedAt = new Date(now().getTime() - 26 * HOUR_MS)
    await db().order.update({ where: { id: orderId }, data: { placedAt, createdAt: placedAt } })
    await settle('5m')
    expect(await orderWhole(orderId)).toMatchObject({ status: 'failed' })
    await settle('5m')
    expect(await incidents()).toMatchObject([{ kind: 'stuck-order', closedAt: expect.any(Date) }])
    expect(posted()).toEqual(['incident/opened stuck-order', 'incident/closed stuck-order'])
    expect(await deadLetters()).toEqual([])
  })

  it('finds a schedule whose slot nobody has done, until its next one is', async () => {
    await settle('5m')
    const hold = (verb: 'pause' | 'resume') =>
      product.engine().fetch(`/dev/functions/backroom-reconcile-payments/${verb}`, { method: 'POST', body: '{}' })
    expect((await hold('pause')).status).toBe(200)
    await settle('80m')
    expect(await incidents()).toMatchObject([{ kind: 'late-schedule', subject: 'reconcile-payments', closedAt: null }])
    await hold('resume')
    await settle('1h')
    await settle('5m')
    expect(await incidents()).toMatchObject([{ kind: 'late-schedule', closedAt: expect.any(Date) }])
  })
})
