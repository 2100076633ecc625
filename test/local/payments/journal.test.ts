import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KEY_LIFE_MS, Store, type Stored } from '@/local/payments/store'
import { freePort } from '@/local/ports'
import { PROJECT_DIR, TYPESCRIPT_ARGS } from '@/local/project'
import { errorOf, openEndpoint, ownPayments, savedCard, sessionFor, stripeAt } from '../../support/payments'

const order = { amount: 1_999, currency: 'eur', payment_method_types: ['card'] }
const key = { idempotencyKey: 'order/1/intent/1' }

describe('the journal', () => {
  const sandbox = ownPayments()
  const path = () => join(sandbox.dir(), 'payments.jsonl')

  it('knows everything after a restart, and what only the bank knows too', async () => {
    const { customer, method } = await savedCard(sandbox.stripe(), '4000002500003155')
    const { id } = await sandbox.stripe().paymentIntents.create({ ...order, customer }, key)
    const open = await sessionFor(sandbox.stripe())
    await sandbox.restart()
    const stripe = sandbox.stripe()
    expect((await stripe.paymentIntents.create({ ...order, customer }, key)).id).toBe(id)
    expect((await stripe.paymentIntents.confirm(id, { payment_method: method, off_session: true })).status).toBe(
      'succeeded',
    )
    expect((await stripe.checkout.sessions.retrieve(open.id)).status).toBe('open')
    expect((await stripe.paymentIntents.list({ customer })).data).toHaveLength(1)
  })

  it('leaves out half a line, of an answer that was never given', async () => {
    const stripe = sandbox.stripe()
    const { id } = await stripe.paymentIntents.create(order)
    appendFileSync(path(), '{"put":[{"id":"pi_half","object":"payment_in')
    await sandbox.restart()
    expect((await sandbox.stripe().paymentIntents.list()).data.map((intent) => intent.id)).toEqual([id])
  })

  it('prunes itself: at its next start keys of yesterday are gone, and each thing stands there once', async () => {
    const { id } = await sandbox.stripe().paymentIntents.create(order, key)
    await sandbox.stripe().paymentIntents.cancel(id)
    sandbox.move(KEY_LIFE_MS + 1_000)
    await sandbox.restart()
    const lines = readFileSync(path(), 'utf8').trim().split('\n')
    expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual([['put']])
  })
})

describe('the store', () => {
  it('keeps the latest ten thousand of a kind, and what they refer to', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'backroom-payments-'))
    const open = () => new Store(join(dir, 'payments.jsonl'), Date.now)
    const store = open()
    const customer = (at: number) => ({ id: `cus_${at}`, object: 'customer' }) as Stored
    store.commit({ put: Array.from({ length: 10_002 }, (_, at) => customer(at)) })
    store.commit({ put: [{ id: 'pi_1', object: 'payment_intent', customer: 'cus_0' } as Stored] })
    await store.close()
    const later = open()
    expect([0, 1, 2].map((at) => later.find('customer', `cus_${at}`)?.id)).toEqual(['cus_0', undefined, 'cus_2'])
    expect(later.find('payment_intent', 'pi_1')).toBeDefined()
    await later.close()
    rmSync(dir, { recursive: true })
  })
})

describe('the program', () => {
  let dir: string
  let child: ChildProcess
  let endpoint: Awaited<ReturnType<typeof openEndpoint>>
  let url: string
  let port: number

  const start = async () => {
    const env = {
      ...process.env,
      PAYMENTS_PORT: String(port),
      BACKROOM_DATA_DIR: dir,
      PAYMENTS_WEBHOOK_URL: endpoint.url,
      STRIPE_WEBHOOK_SECRET: 'whsec_x',
    }
    const args = [...TYPESCRIPT_ARGS, 'local/payments/main.ts']
    child = spawn(process.execPath, args, { cwd: PROJECT_DIR, env, stdio: ['pipe', 'ignore', 'inherit'] })
    await expect
      .poll(
        () =>
          fetch(`${url}/sandbox/payments`).then(
            ({ ok }) => ok,
            () => false,
          ),
        { timeout: 20_000, interval: 20 },
      )
      .toBe(true)
  }
  const kill = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'backroom-payments-'))
    port = await freePort()
    url = `http://127.0.0.1:${port}`
    endpoint = await openEndpoint(() => 500)
    await start()
  })
  afterEach(async () => {
    await kill()
    await endpoint.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('has, after it was killed, each charge that it had answered for, and no other; and tells of it', async () => {
    const stripe = stripeAt(url)
    const { customer, method } = await savedCard(stripe)
    const ids: string[] = []
    for (let at = 0; at < 20; at++) ids.push((await stripe.paymentIntents.create({ ...order, customer })).id)
    const confirm = (id: string) =>
      stripe.paymentIntents.confirm(id, { payment_method: method, off_session: true }).then(({ id }) => id)
    const answered: string[] = []
    const all = Promise.allSettled(ids.map((id) => confirm(id).then((paid) => answered.push(paid))))
    await expect.poll(() => answered.length, { interval: 1, timeout: 20_000 }).toBeGreaterThan(0)
    await kill()
    await all
    await endpoint.close()
    endpoint = await openEndpoint()
    await start()
    const { data } = await stripe.paymentIntents.list({ limit: 100 })
    const paid = data.filter(({ status }) => status === 'succeeded').map(({ id }) => id)
    expect(paid).toEqual(expect.arrayContaining(answered))
    for (const { latest_charge, status } of data) expect(latest_charge !== null).toBe(status === 'succeeded')
    await expect.poll(() => new Set(endpoint.types()), { timeout: 20_000 }).toContain('payment_intent.succeeded')
    for (const id of ids) if (!paid.includes(id)) await confirm(id)
    expect((await errorOf(confirm(ids[0] ?? ''))).code).toBe('payment_intent_unexpected_state')
  })
})
