import { describe, expect, it } from 'vitest'
import { POST } from '@/app/api/accounts/route'
import { findActor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { ownApp } from '../support/app'
import { cookieOf, post } from '../support/doors'
import { signUpForm } from '../support/factories'

const app = ownApp()

const counts = async () => ({
  users: await db().user.count(),
  credentials: await db().credential.count(),
  accounts: await db().account.count(),
  events: await db().outboxEvent.count(),
})
const nothing = { users: 0, credentials: 0, accounts: 0, events: 0 }

describe('signing up', () => {
  it('writes user, password, shop and events in one go, and opens a session', async () => {
    const form = signUpForm({ shopName: 'Corner Shop', email: 'Ann@Example.com' })
    const answer = await post(POST, form)
    expect(answer.status).toBe(201)
    expect(await counts()).toEqual({ users: 1, credentials: 1, accounts: 1, events: 2 })
    expect(await db().account.findFirst()).toMatchObject({
      name: 'Corner Shop',
      slug: 'corner-shop',
      timeZone: 'Europe/Berlin',
      isActive: true,
    })
    const event = await db().outboxEvent.findFirst({ where: { name: 'user/created' } })
    expect(event?.data).toEqual({ userId: answer.body.userId, email: 'ann@example.com' })
    const actor = await findActor(new Headers({ cookie: cookieOf(answer) }))
    expect(actor).toMatchObject({ email: 'ann@example.com', emailVerified: false, account: { name: 'Corner Shop' } })
  })

  it('keeps no password in the open', async () => {
    const form = signUpForm()
    await post(POST, form)
    const { password } = await db().credential.findFirstOrThrow()
    expect(password).toMatch(/^[0-9a-f]+:[0-9a-f]+$/)
    expect(password).not.toContain(form.password)
  })

  it('gives two shops of one name two addresses, also when they come at once', async () => {
    const forms = Array.from({ length: 4 }, () => signUpForm({ shopName: 'Café Ünïque' }))
    const answers = await Promise.all(forms.map((form) => post(POST, form)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    const slugs = (await db().account.findMany()).map(({ slug }) => slug).sort()
    expect(new Set(slugs).size).toBe(4)
    for (const slug of slugs) expect(slug).toMatch(/^cafe-unique(-\w+)?$/)
  })

  it('says at the field that an address is taken, whatever its case, and writes nothing', async () => {
    await post(POST, signUpForm({ email: 'ann@example.com' }))
    const before = await counts()
    const answer = await post(POST, signUpForm({ email: 'ANN@example.com' }))
    expect(answer).toMatchObject({
      status: 422,
      body: { fields: { email: expect.stringContaining('signed up with this address') } },
    })
    expect(await counts()).toEqual(before)
  })

  it('lets one of two at once have an address', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => post(POST, signUpForm({ email: 'ann@example.com' }))))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422])
  })

  it.each([
    ['name', ''],
    ['name', 'x'.repeat(101)],
    ['name', 'a\u0000b'],
    ['name', 'half a \ud800 character'],
    ['name', 7],
    ['name', undefined],
    ['email', 'nobody'],
    ['email', `${'x'.repeat(250)}@example.com`],
    ['email', ['ann@example.com']],
    ['password', 'short'],
    ['password', 'aaaaaaaaaaaa'],
    ['password', 'x1'.repeat(65)],
    ['password', null],
    ['shopName', '   '],
    ['shopName', { deep: { deeper: [] } }],
    ['timeZone', 'Mars/Olympus'],
    ['timeZone', '+02:00'],
    ['timeZone', ''],
  ])('names the field that is wrong, and writes nothing: %s = %j', async (field, value) => {
    const answer = await post(POST, { ...signUpForm(), [field]: value })
    expect(answer.status).toBe(422)
    expect(Object.keys(answer.body.fields ?? {})).toEqual([field])
    expect(await counts()).toEqual(nothing)
  })

  it('names every field that is missing', async () => {
    const answer = await post(POST, {})
    expect(Object.keys(answer.body.fields ?? {}).sort()).toEqual(['email', 'name', 'password', 'shopName', 'timeZone'])
  })

  it.each([
    ['no JSON', 'name=Ann', {}, 400],
    ['half a JSON', '{"name":', {}, 400],
    ['another type', '{}', { 'content-type': 'text/plain' }, 415],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), {}, 400],
    ['ten megabytes', `{"name":"${'x'.repeat(10_000_000)}"}`, {}, 413],
    ['nothing', '', {}, 400],
    ['a list', '[]', {}, 422],
    ['JSON nested ten thousand deep', '['.repeat(10_000) + ']'.repeat(10_000), {}, 422],
    ['another site’s page', '{}', { origin: 'https://evil.example' }, 403],
    ['a page that hides where it is', '{}', { origin: 'null' }, 403],
    ['another site, told by the browser', '{}', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a name that was bent to this machine', '{}', { host: 'evil.example', origin: 'http://evil.example' }, 403],
  ])('refuses %s', async (_, body, headers, status) => {
    expect((await post(POST, body, headers as Record<string, string>)).status).toBe(status)
    expect(await counts()).toEqual(nothing)
  })

  it('keeps hostile names as the text that they are', async () => {
    const name = `<script>alert(1)</script>'; DROP TABLE "User"; --`
    await post(POST, signUpForm({ name }))
    expect((await db().user.findFirstOrThrow()).name).toBe(name)
  })

  it('takes a header that is no address as an address that is not known', async () => {
    expect((await post(POST, signUpForm(), { 'x-forwarded-for': 'x'.repeat(8_000) })).status).toBe(201)
  })

  it('lets many shops of a name without letters sign up at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(POST, signUpForm({ shopName: '店' }))))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  })

  it('is limited by address', async () => {
    app.setEnv({ SIGN_UP_LIMIT: '2' })
    const from = (address: string) => post(POST, signUpForm(), { 'x-forwarded-for': address })
    const statuses = [(await from('10.0.0.1')).status, (await from('10.0.0.1')).status, (await from('10.0.0.1')).status]
    expect(statuses).toEqual([201, 201, 429])
    expect((await from('10.0.0.2')).status).toBe(201)
    expect(Number((await from('10.0.0.1')).headers.get('retry-after'))).toBeGreaterThan(3_000)
  })

  it('makes the first person on a machine of their own its operator, and nobody after', async () => {
    for (let n = 0; n < 2; n++) await post(POST, signUpForm())
    const users = await db().user.findMany({ orderBy: { createdAt: 'asc' } })
    expect(users.map(({ isOperator }) => isOperator)).toEqual([true, false])
  })

  it('makes nobody operator where others can reach the app', async () => {
    app.setEnv({ HOST: '0.0.0.0' })
    await post(POST, signUpForm())
    expect((await db().user.findFirstOrThrow()).isOperator).toBe(false)
  })
})
