import { render } from 'react-email'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { latinHtml } from '@/lib/emails/latin-html'
import { letters } from '@/lib/emails/letters'
import { renderLetter } from '@/lib/emails/render-letter'
import { forgetEnv } from '@/lib/env'
import { letterTemplates } from '@/lib/events'

const shop = { name: 'Ann', shopName: 'Corner Shop', dashboardUrl: 'https://shop.example/dashboard' }
const failure = { functionId: 'send-email', message: 'No such user', groupUrl: 'https://shop.example/console' }
const order = {
  ...{ number: 1042, orderUrl: 'https://shop.example/order', outcome: 'declined', wasPaid: false, total: '$25.00' },
  items: [{ title: 'Mug', quantity: 2, total: '$25.00' }],
}
const report = {
  ...{ accountId: 'a1', reportId: 'r1', version: 1, type: 'daily', period: 'Tuesday, 24 November 2026' },
  ...{ reportUrl: 'https://shop.example/link', chartWords: 'Revenue by day: $25.00 in all' },
  figures: [{ label: 'Orders', now: '2', before: '1' }],
  bestProducts: [{ title: 'Mug', sold: '2', revenue: '$25.00', revenueBefore: '$12.50' }],
  ...{ lowStock: [{ title: 'Plate', left: '1' }], moreLowStock: ['And 3 more.'], failures: [] },
}
const incident = {
  ...{ title: 'Runs are stuck', subject: 'send-email', means: 'They have no news.', toDo: 'Look at them.' },
  ...{ openedAt: '24 November 2026', closedAt: null, incidentsUrl: 'https://shop.example/console/incidents' },
}
const data = { ...incident, ...report, ...shop, ...failure, ...order, secretId: 's1' }

// A report's letter has a picture, whose address is signed.
beforeAll(() => {
  vi.stubEnv('DATABASE_URL', 'postgresql://nowhere.test/backroom')
  vi.stubEnv('SESSION_SECRET', 'a'.repeat(64))
  forgetEnv()
})
afterAll(() => {
  vi.unstubAllEnvs()
  forgetEnv()
})

describe('a letter', () => {
  it.each(letterTemplates)('has a subject, HTML and a text that reads as a letter: %s', async (template) => {
    const { subject, html, text } = await renderLetter(template, data, 'https://shop.example/link')
    expect(subject.length).toBeGreaterThan(5)
    expect(html).toContain('<html')
    expect(text).not.toMatch(/<[a-z]/i)
    expect(text).toMatch(/https:\/\/shop\.example\/(dashboard|link|console|order)/)
  })

  it('shows hostile names as text', async () => {
    const { html } = await renderLetter('welcome', { ...data, name: '<img src=x onerror=alert(1)>' })
    expect(html).not.toContain('<img src=x')
    expect(html).toContain('&lt;img src=x')
  })

  it('hides its link unless it is given one', async () => {
    const { html, text } = await renderLetter('password-reset', data)
    expect(html + text).toContain('link-hidden.invalid')
  })
})

describe('a letter that is compiled once and filled in', () => {
  const link = 'https://shop.example/end?a=1&b=2'
  const rows = (n: number, text: string) => Array.from({ length: n }, (_, i) => `${text} ${i}`)
  const of = (change: object) => ({ ...report, shopName: 'Corner Shop', ...change })
  /** What an inbox shows beside the subject is followed by blanks, as many as are missing. */
  const withoutPreview = (html: string) => html.replace(/<div[^>]*data-skip-in-text.*?<\/div><\/div>/s, '')

  it.each([
    of({}),
    of({ type: 'weekly', shopName: `O'Neill & Söhne "№ 5" <b>`, period: '16–22 November 2026' }),
    of({ type: 'monthly', bestProducts: [], lowStock: [], moreLowStock: [], failures: rows(3, 'One order') }),
    of({
      bestProducts: rows(5, 'A & B').map((title) => ({ title, sold: '7', revenue: '¥1,250', revenueBefore: '' })),
      failures: [],
    }),
    of({ shopName: '⟦0⟧ and $& and {{1}}' }),
  ])('reads as if it were rendered by itself: %#', async (letter) => {
    const filled = await renderLetter('report', letter, link)
    const checked = letters.report.data.parse(letter)
    const body = letters.report.body({ ...checked, ...letters.report.compiled?.derive(checked) }, link)
    const html = latinHtml(await render(body))
    expect(withoutPreview(html).length).toBeLessThan(html.length)
    expect(withoutPreview(filled.html)).toBe(withoutPreview(html))
  })

  it('names its picture and how to have no more of them', async () => {
    const { html, text } = await renderLetter('report', of({}), link)
    expect(html).toMatch(/src="[^"]*\/reports\/r1\/chart\.png\?signature=[\w-]{43}&amp;v=1"/)
    expect(text).toContain(link)
  })

  it('has a text of lines, without the parts of which there is nothing', async () => {
    const { text } = await renderLetter('report', of({ type: 'weekly', period: '16–22 November\n2026' }), link)
    expect(text.split('\n')).toEqual([
      ...['Backroom', '', 'Corner Shop', '16–22 November 2026', '', 'Orders: 2 (week before: 1)', ''],
      ...[
        'Best products',
        'Mug: 2 sold, $25.00 (week before: $12.50)',
        '',
        'Running low',
        'Plate: 1 left',
        'And 3 more.',
        '',
      ],
      ...['Open the report: https://shop.example/link', ''],
      'You get the weekly digest of Corner Shop because its owner has asked for it.',
      `No more of these: ${link}`,
    ])
  })
})
