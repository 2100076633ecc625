import { describe, expect, it } from 'vitest'
import { renderLetter } from '@/lib/emails/render-letter'
import { letterTemplates } from '@/lib/events'

const shop = { name: 'Ann', shopName: 'Corner Shop', dashboardUrl: 'https://shop.example/dashboard' }
const failure = { functionId: 'send-email', message: 'No such user', groupUrl: 'https://shop.example/console' }
const order = {
  ...{ number: 1042, orderUrl: 'https://shop.example/order', outcome: 'declined', wasPaid: false, total: '$25.00' },
  items: [{ title: 'Mug', quantity: 2, total: '$25.00' }],
}
const data = { ...shop, ...failure, ...order, secretId: 's1' }

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
