import { randomUUID } from 'node:crypto'

export const CARDS = { good: '4242424242424242', declinedLater: '4000000000000341' }

/** What was ordered, and where its card is given. */
export type Basket = { sku: string; quantity: number }[]
export type Ordered = { publicId: string; checkoutUrl: string }

/** Somebody who buys, by the doors that a browser uses: the checkout, the provider's page, and the way back. */
export class Customer {
  constructor(
    private readonly appUrl: string,
    private readonly shop: string,
    private readonly idOf: ReadonlyMap<string, string>,
    readonly name: string,
  ) {}

  async order(basket: Basket): Promise<Ordered> {
    const items = basket.map(({ sku, quantity }) => ({ productId: this.idOf.get(sku), quantity }))
    const response = await fetch(`${this.appUrl}/api/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ shop: this.shop, idempotencyKey: randomUUID(), name: this.name, items },
        ...{ email: `${this.name.toLowerCase()}@example.com`, address: '1 High Street, Springfield' },
      }),
    })
    if (response.status !== 201) throw new Error(`${this.name} could not order: ${await response.text()}`)
    return (await response.json()) as Ordered
  }

  /** Types a card on the provider's page, and goes where that leads: back to the shop. */
  async pay({ checkoutUrl }: Ordered, card = CARDS.good): Promise<void> {
    const form = { number: card, expiry: '12 / 34', cvc: '123', name: this.name }
    const body = new URLSearchParams(form)
    const page = await fetch(checkoutUrl, { method: 'POST', body, redirect: 'manual' })
    const back = page.headers.get('location')
    if (!back?.includes('/return')) throw new Error(`The card of ${this.name} was not taken: HTTP ${page.status}`)
    const answer = await fetch(back, { redirect: 'manual' })
    if (answer.status !== 303) throw new Error(`${this.name} did not come back: HTTP ${answer.status}`)
  }

  async buy(basket: Basket, card = CARDS.good): Promise<Ordered> {
    const ordered = await this.order(basket)
    await this.pay(ordered, card)
    return ordered
  }

  async cancel({ publicId }: Ordered): Promise<void> {
    const response = await fetch(`${this.appUrl}/api/orders/${publicId}/cancel`, { method: 'POST' })
    if (!response.ok) throw new Error(`${this.name} could not cancel: ${await response.text()}`)
  }
}
