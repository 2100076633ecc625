import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import { afterEach, beforeEach, expect } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { ask } from './doors'
import { type ownPayments, WEBHOOK_SECRET } from './payments'
import type { ownProduct } from './product'

/** The app's door for the provider behind a socket, which the sandbox of a file's tests posts to. */
export function withWebhooks(product: ReturnType<typeof ownProduct>, payments: ReturnType<typeof ownPayments>) {
  let close: () => void

  beforeEach(async () => {
    const server = createServer(async (incoming, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
      const headers = { 'stripe-signature': String(incoming.headers['stripe-signature']) }
      const answer = await ask(POST, 'POST', Buffer.concat(chunks), headers)
      response.writeHead(answer.status).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    close = () => {
      server.closeAllConnections()
      server.close()
    }
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/webhooks/stripe`
    await payments.restart({ endpoint: { url, secret: WEBHOOK_SECRET }, webhookWaitMs: () => 20 })
    product.setEnv({ STRIPE_BASE_URL: payments.url() })
  })
  afterEach(() => close())

  return {
    /** Until the app was told all that there is to tell. */
    told: () => expect.poll(payments.waiting, { timeout: 10_000 }).toEqual([]),
  }
}

/** An event of the provider, signed as it signs. */
export const signed = (event: object, secret = WEBHOOK_SECRET) => signedText(JSON.stringify(event), secret)

export function signedText(body: string, secret = WEBHOOK_SECRET) {
  const signature = new Stripe('sk_test_any').webhooks.generateTestHeaderString({ payload: body, secret })
  return { body, headers: { 'stripe-signature': signature } }
}

export const event = (type: string, id = 'evt_1', object: object = { id: 'x' }) => ({
  id,
  object: 'event',
  type,
  data: { object },
})
