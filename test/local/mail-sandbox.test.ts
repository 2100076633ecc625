import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Resend } from 'resend'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KEY_LIFE_MS } from '@/local/mail/journal'
import { type MailSandbox, startMailSandbox } from '@/local/mail/sandbox'

let dir: string
let sandbox: MailSandbox
let clock: number

const start = async () => {
  sandbox = await startMailSandbox({ port: 0, dir, now: () => clock })
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-mail-'))
  clock = Date.UTC(2026, 0, 1)
  await start()
})

afterEach(async () => {
  await sandbox.stop()
  rmSync(dir, { recursive: true })
})

const letter = { from: 'Backroom <hello@backroom.test>', to: 'ann@example.com', subject: 'Hello', html: '<p>Hi</p>' }

/** Sends by the official SDK. */
const send = (change: object = {}, idempotencyKey?: string) =>
  new Resend('re_test', { baseUrl: sandbox.url }).emails.send(
    { ...letter, ...change },
    idempotencyKey ? { idempotencyKey } : {},
  )

const fault = (body: object) => fetch(`${sandbox.url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(body) })

describe('the mail sandbox', () => {
  it('takes a letter from the official SDK and keeps it', async () => {
    const { data, error } = await send()
    expect(error).toBeNull()
    expect(sandbox.letters()).toMatchObject([{ id: data?.id, letter: { to: ['ann@example.com'], subject: 'Hello' } }])
  })

  it('sends one letter for a key, however often it is asked', async () => {
    const first = await send({}, 'welcome/1')
    const second = await send({}, 'welcome/1')
    expect(second.data?.id).toBe(first.data?.id)
    expect(sandbox.letters()).toHaveLength(1)
  })

  it('refuses a key that comes again with another letter', async () => {
    await send({}, 'welcome/1')
    const { error } = await send({ subject: 'Other' }, 'welcome/1')
    expect(error).toMatchObject({ name: 'invalid_idempotent_request', statusCode: 409 })
  })

  it('refuses a key whose first request is still under way', async () => {
    await fault({ kind: 'slow', delayMs: 200 })
    const slow = send({}, 'welcome/1')
    await expect
      .poll(async () => (await send({}, 'welcome/1')).error?.name, { interval: 20 })
      .toBe('concurrent_idempotent_requests')
    expect((await slow).error).toBeNull()
  })

  it('forgets a key after 24 hours, as the real one does', async () => {
    await send({}, 'welcome/1')
    clock += KEY_LIFE_MS + 1
    await send({}, 'welcome/1')
    expect(sandbox.letters()).toHaveLength(2)
  })

  it('knows letters and keys after a restart', async () => {
    await send({}, 'welcome/1')
    await sandbox.stop()
    await start()
    await send({}, 'welcome/1')
    expect(sandbox.letters()).toHaveLength(1)
  })

  it('does the work and loses the answer when asked to', async () => {
    await fault({ kind: 'lose-answer' })
    expect((await send({}, 'welcome/1')).error).toBeTruthy()
    expect(sandbox.letters()).toHaveLength(1)
    expect((await send({}, 'welcome/1')).error).toBeNull()
    expect(sandbox.letters()).toHaveLength(1)
  })

  it('refuses as often as asked, and no more', async () => {
    await fault({ kind: 'refuse', status: 503, times: 2 })
    expect([(await send()).error?.statusCode, (await send()).error?.statusCode, (await send()).error]).toEqual([
      503,
      503,
      null,
    ])
  })

  it('takes a batch', async () => {
    const resend = new Resend('re_test', { baseUrl: sandbox.url })
    const { data } = await resend.batch.send([letter, { ...letter, to: 'bob@example.com' }])
    expect(data?.data).toHaveLength(2)
    expect(sandbox.letters()).toHaveLength(2)
  })

  it.each([
    [{ to: 'nobody' }, 'to'],
    [{ to: [] }, 'to'],
    [{ from: 'x' }, 'from'],
    [{ html: '' }, 'html'],
    [{ subject: 7 }, 'subject'],
  ])('refuses a wrong letter, naming the field: %j', async (change, field) => {
    const { error } = await send(change)
    expect(error).toMatchObject({ name: 'validation_error', statusCode: 422, message: expect.stringContaining(field) })
    expect(sandbox.letters()).toEqual([])
  })

  it('answers no web page, no other name of this machine, and nobody without a key', async () => {
    const list = (headers: Record<string, string>) => fetch(`${sandbox.url}/sandbox/letters`, { headers })
    expect((await list({ origin: 'http://evil.example' })).status).toBe(403)
    expect((await fetch(`${sandbox.url}/emails`, { method: 'POST', body: '{}' })).status).toBe(401)
    expect((await list({})).status).toBe(200)
  })
})

describe('an address that is there to fail', () => {
  it.each([
    ['anna@refused.test', { statusCode: 422, name: 'validation_error' }],
    ['Anna <anna@suppressed.test>', { statusCode: 403, name: 'validation_error' }],
  ])('is refused each time: %s', async (to, answer) => {
    for (const _ of [1, 2])
      expect((await send({ to }, 'seed/1')).error).toMatchObject({
        ...answer,
        message: expect.stringContaining('on purpose'),
      })
    expect(sandbox.letters()).toEqual([])
  })

  it('is refused among others, too', async () => {
    expect((await send({ to: ['ann@example.com', 'anna@refused.test'] })).error).toMatchObject({ statusCode: 422 })
  })

  it('is busy for twelve tries, whatever restarts lie between them, and then takes the letter', async () => {
    for (let attempt = 0; attempt < 12; attempt++) {
      const { error, headers } = await send({ to: 'dora@busy.test' }, 'seed/1')
      expect([error?.statusCode, headers?.['retry-after']]).toEqual([503, '600'])
      await sandbox.stop()
      await start()
    }
    expect((await send({ to: 'dora@busy.test' }, 'seed/1')).error).toBeNull()
    expect(sandbox.letters()).toHaveLength(1)
  })
})
