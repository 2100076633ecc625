import { describe, expect, it } from 'vitest'
import { POST as verify } from '@/app/api/email-verifications/route'
import { POST as completeReset } from '@/app/api/password-resets/complete/route'
import { POST as askForReset } from '@/app/api/password-resets/route'
import { DELETE, POST } from '@/app/api/sessions/route'
import { findActor } from '@/lib/auth/actor'
import { secretLinkUrl } from '@/lib/auth/secret-link'
import { learnOffset } from '@/lib/clock'
import { db } from '@/lib/db'
import { ownApp } from '../support/app'
import { ask, cookieOf, post } from '../support/doors'
import { signedUp } from '../support/factories'

const app = ownApp()
const HOUR_MS = 3_600_000

/** The token of the newest letter of a kind, as its reader has it. */
async function tokenFor(purpose: 'reset-password' | 'verify-email'): Promise<string> {
  const stored = purpose === 'verify-email' ? 'verifyEmail' : 'resetPassword'
  const { id } = await db().secretLink.findFirstOrThrow({ where: { purpose: stored }, orderBy: { createdAt: 'desc' } })
  return new URL(secretLinkUrl(id, purpose)).searchParams.get('token') ?? ''
}

describe('signing in', () => {
  it('opens a session, and signing out ends it', async () => {
    const { email, password, userId } = await signedUp()
    const answer = await post(POST, { email: email.toUpperCase(), password })
    expect(answer.status).toBe(201)
    const cookie = cookieOf(answer)
    expect(await findActor(new Headers({ cookie }))).toMatchObject({ userId })
    expect((await ask(DELETE, 'DELETE', undefined, { cookie })).status).toBe(204)
    expect(await findActor(new Headers({ cookie }))).toBeNull()
  })

  it('answers alike for a wrong password and for an address that nobody has', async () => {
    const { email } = await signedUp()
    const wrong = await post(POST, { email, password: 'wrong horse battery' })
    const unknown = await post(POST, { email: 'nobody@example.com', password: 'wrong horse battery' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toEqual(unknown.body)
    expect(wrong.headers.getSetCookie()).toEqual(unknown.headers.getSetCookie())
  })

  it('takes no forged cookie', async () => {
    expect(await findActor(new Headers({ cookie: 'backroom.session_token=abc.def' }))).toBeNull()
  })

  it('is limited by the address that is tried, whoever tries it', async () => {
    app.setEnv({ SIGN_IN_LIMIT: '2' })
    const { email, password } = await signedUp()
    const attempt = (n: number) =>
      post(POST, { email, password: 'wrong horse battery' }, { 'x-forwarded-for': `10.0.0.${n}` })
    expect([(await attempt(1)).status, (await attempt(2)).status, (await attempt(3)).status]).toEqual([422, 422, 429])
    expect((await post(POST, { email, password })).status).toBe(429)
  })

  it.each([[{}], [{ email: 'a@b.c' }], [{ email: 7, password: [] }], [{ email: 'a@b.c', password: 'x'.repeat(200) }]])(
    'names the field that is wrong: %j',
    async (form) => {
      const answer = await post(POST, form)
      expect(answer.status).toBe(422)
      expect(Object.keys(answer.body.fields ?? {}).length).toBeGreaterThan(0)
    },
  )
})

describe('an actor', () => {
  it('counts as active from an hour after the sign-up on, at most every five minutes', async () => {
    const { email, password, userId } = await signedUp()
    const cookie = cookieOf(await post(POST, { email, password }))
    const lastActiveAt = async () => {
      await findActor(new Headers({ cookie }))
      return (await db().user.findUniqueOrThrow({ where: { id: userId } })).lastActiveAt?.getTime() ?? null
    }
    expect(await lastActiveAt()).toBeNull()
    learnOffset(HOUR_MS)
    const first = await lastActiveAt()
    expect(first).not.toBeNull()
    learnOffset(HOUR_MS + 4 * 60_000)
    expect(await lastActiveAt()).toBe(first)
    learnOffset(HOUR_MS + 6 * 60_000)
    expect(await lastActiveAt()).toBeGreaterThan(first ?? 0)
  })

  it('is operator in live mode only by a verified address that the environment names', async () => {
    const { email, password } = await signedUp()
    const cookie = cookieOf(await post(POST, { email, password }))
    const live = {
      BACKROOM_MODE: 'live',
      INNGEST_EVENT_KEY: 'e',
      INNGEST_SIGNING_KEY: 'signkey-test-ab',
      RESEND_API_KEY: 're_x',
      STRIPE_SECRET_KEY: 'sk_live_x',
      STRIPE_WEBHOOK_SECRET: 'whsec_x',
    }
    app.setEnv({ ...live, OPERATOR_EMAILS: `someone@example.com, ${email.toUpperCase()}` })
    expect(await findActor(new Headers({ cookie }))).toMatchObject({ isOperator: false })
    await db().user.updateMany({ data: { emailVerified: true } })
    expect(await findActor(new Headers({ cookie }))).toMatchObject({ isOperator: true })
    app.setEnv({ OPERATOR_EMAILS: '' })
    expect(await findActor(new Headers({ cookie }))).toMatchObject({ isOperator: false })
  })
})

describe('resetting a password', () => {
  it('sets the new one by the link, verifies the address, and ends every session', async () => {
    const { email, password, userId } = await signedUp()
    const cookie = cookieOf(await post(POST, { email, password }))
    expect((await post(askForReset, { email })).status).toBe(202)
    const token = await tokenFor('reset-password')
    expect((await post(completeReset, { token, password: 'brand new battery' })).status).toBe(200)
    expect(await findActor(new Headers({ cookie }))).toBeNull()
    expect((await post(POST, { email, password })).status).toBe(422)
    expect((await post(POST, { email, password: 'brand new battery' })).status).toBe(201)
    expect(await db().user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({ emailVerified: true })
  })

  it('says the same for an address that nobody has, and writes nothing', async () => {
    const { email } = await signedUp()
    const events = await db().outboxEvent.count()
    const unknown = await post(askForReset, { email: 'nobody@example.com' })
    expect(await db().outboxEvent.count()).toBe(events)
    const known = await post(askForReset, { email })
    expect(unknown).toMatchObject({ status: known.status, body: known.body })
  })

  it('puts the link into no event: only its id travels', async () => {
    const { email } = await signedUp()
    await post(askForReset, { email })
    const token = await tokenFor('reset-password')
    const [, mac] = token.split('.')
    const events = await db().outboxEvent.findMany()
    expect(JSON.stringify(events)).not.toContain(mac)
  })

  it('works once, even when it is pressed twice at the same time', async () => {
    const { email } = await signedUp()
    await post(askForReset, { email })
    const token = await tokenFor('reset-password')
    const answers = await Promise.all(
      ['first new battery', 'second new battery'].map((password) => post(completeReset, { token, password })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
  })

  it('is over after an hour', async () => {
    const { email } = await signedUp()
    await post(askForReset, { email })
    const token = await tokenFor('reset-password')
    learnOffset(HOUR_MS + 1_000)
    expect(await post(completeReset, { token, password: 'brand new battery' })).toMatchObject({
      status: 422,
      body: { fields: { token: expect.any(String) } },
    })
  })

  it.each(['', 'x', 'a.b', 'a.b.c', `${'x'.repeat(600)}`])('takes no token that is not ours: %j', async (token) => {
    const answer = await post(completeReset, { token, password: 'brand new battery' })
    expect(answer.status).toBe(422)
    expect(Object.keys(answer.body.fields ?? {})).toEqual(['token'])
  })

  it('takes no token that was made for something else', async () => {
    await signedUp()
    const token = await tokenFor('verify-email')
    expect((await post(completeReset, { token, password: 'brand new battery' })).status).toBe(422)
  })

  it('is limited for each address', async () => {
    const { email } = await signedUp()
    const statuses: number[] = []
    for (let n = 0; n < 6; n++) statuses.push((await post(askForReset, { email })).status)
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429])
  })
})

describe('verifying an address', () => {
  it('works by the link of the letter, and says the same when it is pressed again', async () => {
    const { userId } = await signedUp()
    const token = await tokenFor('verify-email')
    expect((await post(verify, { token })).status).toBe(200)
    expect((await post(verify, { token })).status).toBe(200)
    expect(await db().user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({ emailVerified: true })
  })

  it('of an operator takes more than a link that anybody may have caused', async () => {
    const { email, password, userId } = await signedUp({ email: 'boss@example.com' })
    app.setEnv({ OPERATOR_EMAILS: email })
    const token = await tokenFor('verify-email')
    const isVerified = async () => (await db().user.findUniqueOrThrow({ where: { id: userId } })).emailVerified
    expect((await post(verify, { token })).status).toBe(422)
    expect(await isVerified()).toBe(false)
    const cookie = cookieOf(await post(POST, { email, password }))
    expect((await post(verify, { token }, { cookie })).status).toBe(200)
    expect(await isVerified()).toBe(true)
  })

  it('takes no link that is not ours', async () => {
    await signedUp()
    const [id] = (await tokenFor('verify-email')).split('.')
    expect((await post(verify, { token: `${id}.${'A'.repeat(43)}` })).status).toBe(422)
    expect(await db().user.count({ where: { emailVerified: true } })).toBe(0)
  })
})
