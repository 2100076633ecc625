import { NonRetriableError, RetryAfterError } from 'inngest'
import { describe, expect, it } from 'vitest'
import { NotAllowedError } from '@/lib/auth/actor'
import { secretLinkUrl } from '@/lib/auth/secret-link'
import { db } from '@/lib/db'
import { findLetter, listLetters } from '@/lib/emails/list-letters'
import { sendLetter } from '@/lib/emails/send-letter'
import { ownApp } from '../../support/app'

const app = ownApp()

const data = { name: 'Ann', shopName: 'Corner Shop', dashboardUrl: 'http://localhost:3000/dashboard' }
const welcome = { key: 'welcome/1', to: 'ann@example.com', template: 'welcome' as const, data }
const fault = (body: object) =>
  fetch(`${app.mail().url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(body) })
const operator = { isOperator: true }
const letter = () => db().letter.findUniqueOrThrow({ where: { key: 'welcome/1' } })

describe('a letter', () => {
  it('goes out once for its key, whoever asks and however often', async () => {
    const first = await sendLetter(welcome)
    const second = await sendLetter({ ...welcome, data: { ...data, name: 'Other' } })
    expect(first).toEqual({ sent: true, timestamp: expect.any(String) })
    expect(second).toEqual({ ...first, alreadySent: true })
    expect(app.mail().letters()).toHaveLength(1)
    expect(app.mail().letters()[0]?.letter.html).toContain('Ann')
  })

  it('goes out once when two ask at the same time', async () => {
    const results = await Promise.all([sendLetter(welcome), sendLetter(welcome), sendLetter(welcome)])
    expect(results.filter((result) => result.sent && !result.alreadySent)).toHaveLength(1)
    expect(app.mail().letters()).toHaveLength(1)
  })

  it('goes out once though the provider’s answer was lost', async () => {
    await fault({ kind: 'lose-answer' })
    await expect(sendLetter(welcome)).rejects.toThrow()
    expect(await letter()).toMatchObject({ status: 'sending', attempts: 1 })
    expect(await sendLetter(welcome)).toMatchObject({ sent: true })
    expect(app.mail().letters()).toHaveLength(1)
  })

  it('is sent as it was frozen at the first try', async () => {
    await fault({ kind: 'refuse', status: 503 })
    await expect(sendLetter(welcome)).rejects.toThrow()
    await sendLetter({ ...welcome, to: 'other@example.com', data: { ...data, name: 'Other' } })
    expect(app.mail().letters()).toMatchObject([{ letter: { to: ['ann@example.com'] } }])
  })

  it('is tried again when the provider says when', async () => {
    await fault({ kind: 'refuse', status: 429, name: 'rate_limit_exceeded', retryAfterSeconds: 7 })
    await expect(sendLetter(welcome)).rejects.toThrow(RetryAfterError)
    expect(await sendLetter(welcome)).toMatchObject({ sent: true })
  })

  it('that is refused for good is not tried again by itself', async () => {
    await fault({ kind: 'refuse', status: 422, name: 'validation_error' })
    await expect(sendLetter(welcome)).rejects.toThrow(NonRetriableError)
    expect(await letter()).toMatchObject({ status: 'failed' })
    expect(app.mail().letters()).toEqual([])
  })

  it('that was refused goes out when it is asked for again with what was wrong put right', async () => {
    await fault({ kind: 'refuse', status: 422, name: 'validation_error' })
    await expect(sendLetter(welcome)).rejects.toThrow(NonRetriableError)
    expect(await sendLetter({ ...welcome, to: 'right@example.com' })).toMatchObject({ sent: true })
    expect(await sendLetter(welcome)).toMatchObject({ alreadySent: true })
    expect(app.mail().letters()).toMatchObject([{ letter: { to: ['right@example.com'] } }])
  })

  it('whose provider key is wrong waits for the key to be mended', async () => {
    await fault({ kind: 'refuse', status: 403, name: 'invalid_api_key' })
    await expect(sendLetter(welcome)).rejects.not.toThrow(NonRetriableError)
    expect(await sendLetter(welcome)).toMatchObject({ sent: true })
  })

  it('of which nothing was heard for 20 hours is left to an operator, since the provider may have forgotten its key', async () => {
    await fault({ kind: 'lose-answer' })
    await expect(sendLetter(welcome)).rejects.toThrow()
    await db().letter.updateMany({ data: { firstTryAt: new Date(Date.now() - 20.1 * 3_600_000) } })
    await expect(sendLetter(welcome)).rejects.toThrow('is not known')
    expect(await letter()).toMatchObject({ status: 'unknown' })
    expect(app.mail().letters()).toHaveLength(1)
  })

  it('that another version of the code has begun is left to an operator, not sent twice', async () => {
    await fault({ kind: 'lose-answer' })
    await expect(sendLetter(welcome)).rejects.toThrow()
    await db().letter.updateMany({ data: { subject: 'A newer subject' } })
    await expect(sendLetter(welcome)).rejects.toThrow(NonRetriableError)
    expect(await letter()).toMatchObject({ status: 'unknown' })
    expect(app.mail().letters()).toHaveLength(1)
  })

  it('is refused before anything is written when its data does not fit', async () => {
    await expect(sendLetter({ ...welcome, data: { name: 'Ann' } })).rejects.toThrow()
    expect(await db().letter.count()).toBe(0)
  })
})

describe('a letter with a secret', () => {
  const reset = {
    key: 'password-reset/s1',
    to: 'ann@example.com',
    template: 'password-reset' as const,
    data: { name: 'Ann', secretId: 's1' },
  }

  it('carries its link to its reader, and to no row and no screen', async () => {
    await sendLetter(reset)
    const link = secretLinkUrl('s1', 'reset-password')
    const [sent] = app.mail().letters()
    expect(sent?.letter.text).toContain(link)
    const row = await db().letter.findFirstOrThrow()
    expect(row.secretId).toBe('s1')
    const shown = await findLetter(operator, row.id)
    const mac = link.split('.').at(-1) ?? link
    expect(JSON.stringify([row, shown])).not.toContain(mac)
    expect(shown?.html).toContain('link-hidden')
  })

  it('has the same body at each try', async () => {
    await fault({ kind: 'lose-answer' })
    await expect(sendLetter(reset)).rejects.toThrow()
    expect(await sendLetter(reset)).toMatchObject({ sent: true })
    expect(app.mail().letters()).toHaveLength(1)
  })
})

describe('the list of letters', () => {
  it('is for operators', async () => {
    await expect(listLetters({ isOperator: false })).rejects.toThrow(NotAllowedError)
    await expect(findLetter({ isOperator: false }, 'x')).rejects.toThrow(NotAllowedError)
  })

  it('comes in pages, newest first', async () => {
    for (let n = 0; n < 3; n++) await sendLetter({ ...welcome, key: `welcome/${n}`, to: `u${n}@example.com` })
    const rows = Array.from({ length: 60 }, (_, n) => ({
      id: `r${String(n).padStart(2, '0')}`,
      key: `k${n}`,
      to: 'x@example.com',
      subject: 's',
      template: 'welcome',
      data,
      createdAt: new Date(2020, 0, 1, 0, n),
    }))
    await db().letter.createMany({ data: rows })
    const first = await listLetters(operator)
    expect(first.letters.map(({ key }) => key).slice(0, 3)).toEqual(['welcome/2', 'welcome/1', 'welcome/0'])
    const second = await listLetters(operator, { cursor: first.nextCursor ?? '' })
    expect(second.nextCursor).toBeNull()
    const all = [...first.letters, ...second.letters]
    expect(new Set(all.map(({ id }) => id)).size).toBe(63)
    expect((await listLetters(operator, { to: 'u1@example.com' })).letters).toHaveLength(1)
  })
})
