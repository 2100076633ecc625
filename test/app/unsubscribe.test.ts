import { describe, expect, it } from 'vitest'
import { GET, POST } from '@/app/api/unsubscribe/route'
import { db } from '@/lib/db'
import { sendLetter } from '@/lib/emails/send-letter'
import { unsubscribeUrl } from '@/lib/emails/unsubscribe'
import { ownApp } from '../support/app'

const app = ownApp()

const FORM = 'application/x-www-form-urlencoded'
const reEngagement = (key: string) => ({
  ...{ key, to: 'Ann@example.com', template: 're-engagement' as const },
  data: { name: 'Ann', shopName: 'Corner Shop', dashboardUrl: 'https://shop.example/dashboard' },
})
const headersOf = () => app.mail().letters()[0]?.letter.headers ?? {}
const linkIn = (header = '') => /^<(.+)>$/.exec(header)?.[1] ?? ''
const press = (url: string, body = 'List-Unsubscribe=One-Click', type = FORM) =>
  POST(new Request(url, { method: 'POST', body, headers: { 'content-type': type, origin: 'https://mail.example' } }))

describe('a letter that somebody may want no more of', () => {
  it('says so in its headers, as RFC 8058 has it', async () => {
    await sendLetter(reEngagement('one'))
    expect(headersOf()['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    expect(linkIn(headersOf()['List-Unsubscribe'])).toContain('/api/unsubscribe?token=')
    expect(app.mail().letters()[0]?.letter.text).toContain('/api/unsubscribe?token=')
  })

  it('is the last one after one post, without a session, from another site', async () => {
    await sendLetter(reEngagement('one'))
    const answer = await press(linkIn(headersOf()['List-Unsubscribe']))
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('ann@example.com gets none of this kind')
    expect(await sendLetter(reEngagement('two'))).toEqual({ sent: false, reason: 'unsubscribed' })
    expect(await sendLetter(reEngagement('one'))).toMatchObject({ sent: true, alreadySent: true })
    expect(app.mail().letters()).toHaveLength(1)
  })

  it('may be ended twice, and by a multipart form', async () => {
    const url = unsubscribeUrl({ email: 'ann@example.com', topic: 're-engagement' })
    const body = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    expect((await press(url, body, 'multipart/form-data; boundary=x')).status).toBe(200)
    expect((await press(url)).status).toBe(200)
    expect(await db().unsubscription.count()).toBe(1)
  })

  it('asks first when its link is only opened', async () => {
    const url = unsubscribeUrl({ email: 'ann@example.com', topic: 're-engagement' })
    const page = await (await GET(new Request(url))).text()
    expect(page).toContain('ann@example.com')
    expect(page.match(/<button/g)).toHaveLength(1)
    expect(await db().unsubscription.count()).toBe(0)
  })
})

describe('a link that is not right', () => {
  const right = () => unsubscribeUrl({ email: 'ann@example.com', topic: 're-engagement' })
  it.each([
    ['none', () => 'http://localhost:3000/api/unsubscribe'],
    ['one cut off', () => right().slice(0, -1)],
    ['one of another reader', () => right().replace('token=', 'token=x')],
    ['nonsense', () => 'http://localhost:3000/api/unsubscribe?token=%00.%ff.x'],
  ])('ends nothing: %s', async (_, url) => {
    expect((await press(url())).status).toBe(400)
    expect((await GET(new Request(url()))).status).toBe(400)
    expect(await db().unsubscription.count()).toBe(0)
  })

  it('ends nothing without the form’s one field', async () => {
    const answer = await press(right(), 'a=b')
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      { fields: { 'List-Unsubscribe': expect.any(String) } },
    ])
    expect(await db().unsubscription.count()).toBe(0)
  })
})
