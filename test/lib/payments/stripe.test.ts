import { afterEach, beforeEach, expect, it } from 'vitest'
import { forgetEnv } from '@/lib/env'
import { stripeClient } from '@/lib/payments/stripe'
import { keepEnvironment } from '../../support/keep-environment'
import { ownPayments } from '../../support/payments'

const sandbox = ownPayments()
const restoreEnvironment = keepEnvironment()

const setEnv = (change: Record<string, string>) => {
  Object.assign(process.env, { DATABASE_URL: 'postgresql://u:p@x:1/x', SESSION_SECRET: 's'.repeat(32), ...change })
  forgetEnv()
}

beforeEach(() => setEnv({ STRIPE_BASE_URL: sandbox.url() }))
afterEach(() => {
  restoreEnvironment()
  forgetEnv()
})

it('without a key the sandbox is asked, by one client that keeps its connections', async () => {
  const { id } = await stripeClient().customers.create({ email: 'ann@example.com' })
  expect(await stripeClient().customers.retrieve(id)).toMatchObject({ email: 'ann@example.com' })
  expect(stripeClient()).toBe(stripeClient())
})

it('with a key Stripe itself is asked', () => {
  setEnv({ STRIPE_SECRET_KEY: 'sk_test_own', STRIPE_BASE_URL: '' })
  const client = stripeClient()
  expect([client.getConstant('DEFAULT_HOST'), client.getApiField('host')]).toEqual(['api.stripe.com', 'api.stripe.com'])
})

it('a failure is not tried again behind the caller’s back', async () => {
  await sandbox.fault({ kind: 'server-error', times: 2 })
  const create = () => stripeClient().customers.create()
  await expect(create()).rejects.toMatchObject({ statusCode: 500 })
  await expect(create()).rejects.toMatchObject({ statusCode: 500 })
  await expect(create()).resolves.toMatchObject({ object: 'customer' })
})
