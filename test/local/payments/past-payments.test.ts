import { describe, expect, it } from 'vitest'
import { CARDS, openEndpoint, ownPayments, WEBHOOK_SECRET } from '../../support/payments'

const sandbox = ownPayments()

const payment = { orderId: 'o1', name: 'Ann', email: 'ann@example.com', amount: 1_999, currency: 'USD' }
const past = { ...payment, card: CARDS.good, chargedAt: 1_750_000_000 }

async function make(payments: object[]) {
  const body = JSON.stringify({ payments })
  const response = await fetch(`${sandbox.url()}/sandbox/payments`, { method: 'POST', body })
  return { status: response.status, body: await response.json() }
}

describe('a payment of an earlier time', () => {
  it('is there as if it had been made then, and can be given back', async () => {
    const { body } = await make([past])
    const [{ intentId, customerId, cardId }] = body.payments
    const intent = await sandbox.stripe().paymentIntents.retrieve(intentId)
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 1_999, created: past.chargedAt })
    expect(intent).toMatchObject({ customer: customerId, payment_method: cardId, metadata: { orderId: 'o1' } })
    expect(await sandbox.stripe().refunds.create({ payment_intent: intentId })).toMatchObject({ amount: 1_999 })
  })

  it('was declined, where its card is refused, and was given back, where that is said', async () => {
    const { body } = await make([
      { ...past, card: CARDS.declinedLater },
      { ...past, orderId: 'o2', refundedAt: past.chargedAt + 60 },
    ])
    const [declined, refunded] = body.payments
    expect(declined.refundId).toBeNull()
    expect(await sandbox.stripe().paymentIntents.retrieve(declined.intentId)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined' },
    })
    expect(await sandbox.stripe().refunds.retrieve(refunded.refundId)).toMatchObject({
      status: 'succeeded',
      created: past.chargedAt + 60,
      payment_intent: refunded.intentId,
    })
  })

  it('is told to nobody, and outlives the sandbox', async () => {
    const endpoint = await openEndpoint()
    await sandbox.restart({ endpoint: { url: endpoint.url, secret: WEBHOOK_SECRET } })
    const { body } = await make([past])
    expect(await sandbox.waiting()).toEqual([])
    await sandbox.restart()
    expect(await sandbox.stripe().paymentIntents.retrieve(body.payments[0].intentId)).toMatchObject({ amount: 1_999 })
    expect(endpoint.got).toEqual([])
    await endpoint.close()
  })

  it('of which one is wrong, makes none', async () => {
    const { status, body } = await make([past, { ...past, card: '1' }])
    expect(status).toBe(400)
    expect(body.error.message).toContain('This should be the number of a test card.')
    expect(await sandbox.payments()).toEqual([])
  })
})
