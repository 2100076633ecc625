import { describe, expect, it } from 'vitest'
import { POST as cancel } from '@/app/api/orders/[publicId]/cancel/route'
import { POST as order } from '@/app/api/orders/route'
import { ownApp } from '../support/app'
import { ask, post } from '../support/doors'
import { checkoutForm } from '../support/orders'

const app = ownApp()
const nowhere = { account: { slug: 'nowhere' } } as Parameters<typeof checkoutForm>[0]

const orderFrom = (address: string, change: object = {}) =>
  post(order, { ...checkoutForm(nowhere, 'mug'), ...change }, { 'x-forwarded-for': address })
const cancelFrom = (address: string) => ask(cancel, 'POST', undefined, { 'x-forwarded-for': address })

describe('the checkout', () => {
  it('is limited by address, says for how long, and counts no form that is wrong', async () => {
    app.setEnv({ CHECKOUT_LIMIT: '2' })
    for (let n = 0; n < 3; n++) expect((await orderFrom('10.0.0.1', { email: 'cora' })).status).toBe(422)
    const answers = [await orderFrom('10.0.0.1'), await orderFrom('10.0.0.1'), await orderFrom('10.0.0.1')]
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 429])
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(3_000)
    expect((await orderFrom('10.0.0.2')).status).toBe(422)
  })

  it('counts every one of many that come at once', async () => {
    app.setEnv({ CHECKOUT_LIMIT: '5' })
    const answers = await Promise.all(Array.from({ length: 20 }, () => orderFrom('10.0.0.1')))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15)
  })

  it('has a limit for cancelling of its own', async () => {
    app.setEnv({ CHECKOUT_LIMIT: '1' })
    expect((await orderFrom('10.0.0.1')).status).toBe(422)
    expect([(await cancelFrom('10.0.0.1')).status, (await cancelFrom('10.0.0.1')).status]).toEqual([409, 429])
    expect((await cancelFrom('10.0.0.2')).status).toBe(409)
  })
})
