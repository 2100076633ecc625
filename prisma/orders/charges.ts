import { setTimeout as sleep } from 'node:timers/promises'
import type { Made } from '../../local/payments/past-payments'
import type { PlannedOrder } from './plan'

const CARDS = { good: '4242424242424242', declined: '4000000000000341' }
const LIMIT_MS = 20_000

/** What the payment sandbox is told of an order that was charged, or was to be. */
export type Charge = { orderId: string; totalMinor: number; currency: string; planned: PlannedOrder }

/**
 * Lets the payment sandbox have taken the money of orders at their time, so that it can be given back like any other. It
 * may be starting at this moment.
 * @returns what each came to, by the order's id.
 */
export async function makeCharges(paymentsUrl: string, charges: Charge[]): Promise<Map<string, Made>> {
  const body = JSON.stringify({ payments: charges.map(paymentOf) })
  const deadline = performance.now() + LIMIT_MS
  for (;;) {
    const response = await fetch(`${paymentsUrl}/sandbox/payments`, { method: 'POST', body }).catch(() => null)
    if (response) {
      if (!response.ok) throw new Error(`The payment sandbox has refused the demo's payments: ${await response.text()}`)
      const { payments } = (await response.json()) as { payments: Made[] }
      return new Map(payments.map((made) => [made.orderId, made]))
    }
    if (performance.now() > deadline) throw new Error('The payment sandbox does not answer.')
    await sleep(50)
  }
}

function paymentOf({ orderId, totalMinor: amount, currency, planned }: Charge): object {
  const { customer, outcome, placedAt, confirmedAt, endedAt } = planned
  const chargedAt = seconds(confirmedAt ?? placedAt)
  return {
    ...{ orderId, amount, currency, chargedAt, name: customer.name, email: customer.email },
    card: outcome === 'declined' ? CARDS.declined : CARDS.good,
    ...(confirmedAt && endedAt ? { refundedAt: seconds(endedAt) } : {}),
  }
}

const seconds = (at: Date | null) => Math.floor((at?.getTime() ?? 0) / 1_000)
