import { hashedKey } from '../../lib/engine-api'
import type { Running } from '../../local/start-all'

type Where = Pick<Running, 'appUrl' | 'engineUrl' | 'databaseUrl' | 'secrets' | 'mailUrl' | 'paymentsUrl'>

/** What the provider has taken for an order, and given back, in minor units. */
export type Charged = { orderId: string; taken: number; givenBack: number }

/** What a browser and an operator would do, over HTTP alone. */
export class Client {
  private readonly cookies = new Map<string, string>()

  constructor(readonly running: Where) {}

  /** Posts the sign-up form as the page does. */
  async signUp(form: {
    name: string
    email: string
    password: string
    shopName: string
    timeZone: string
  }): Promise<void> {
    const response = await fetch(`${this.running.appUrl}/api/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.running.appUrl, 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify(form),
    })
    if (response.status !== 201) throw new Error(`${form.email} could not sign up: ${await response.text()}`)
    this.cookies.set(
      form.email,
      response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    )
  }

  cookieOf(email: string): string {
    return this.cookies.get(email) ?? ''
  }

  /** Opens the dashboard, signed in. */
  async visit(email: string): Promise<void> {
    const headers = { cookie: this.cookieOf(email) }
    const response = await fetch(`${this.running.appUrl}/dashboard`, { headers, redirect: 'manual' })
    if (response.status !== 200) throw new Error(`${email} was not let in: HTTP ${response.status}`)
    await response.text()
  }

  /** Moves time on; resolves when all that came due has been done. */
  move(by: string): Promise<void> {
    return this.moveClock({ by })
  }

  /** As `move`, up to an instant. */
  moveTo(instant: Date): Promise<void> {
    return this.moveClock({ to: instant.toISOString() })
  }

  /** Where the clock stands. */
  async now(): Promise<Date> {
    const response = await fetch(`${this.running.engineUrl}/dev/clock`, { headers: this.operator() })
    return new Date(((await response.json()) as { now: string }).now)
  }

  private operator(): Record<string, string> {
    return { authorization: `Bearer ${hashedKey(this.running.secrets.signingKey)}` }
  }

  private async moveClock(where: { by: string } | { to: string }): Promise<void> {
    const response = await fetch(`${this.running.engineUrl}/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.operator() },
      body: JSON.stringify(where),
    })
    const { settled, unsettled } = (await response.json()) as { settled: boolean; unsettled: string[] }
    if (!settled) throw new Error(`Time could not be moved: ${unsettled.join(', ')} did not settle`)
  }

  /** Sends a file as the upload forms do: it is the body. */
  async put(email: string, path: string, body: string | Uint8Array<ArrayBuffer>): Promise<Record<string, string>> {
    const headers = { cookie: this.cookieOf(email) }
    const response = await fetch(this.running.appUrl + path, { method: 'PUT', headers, body })
    if (response.status !== 201) throw new Error(`The file of ${email} was not taken: ${await response.text()}`)
    return (await response.json()) as Record<string, string>
  }

  /** Asks the payment sandbox to go wrong, once. */
  async faultOfPayments(fault: object): Promise<void> {
    const response = await fetch(`${this.running.paymentsUrl}/sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify(fault),
    })
    if (!response.ok) throw new Error(`The sandbox does not know this fault: ${await response.text()}`)
  }

  /** How many events the payment sandbox has not yet got rid of. */
  async untoldWebhooks(): Promise<number> {
    const response = await fetch(`${this.running.paymentsUrl}/sandbox/webhooks`)
    return ((await response.json()) as { waiting: unknown[] }).waiting.length
  }

  /** Each charge that went through, as the payment sandbox has it. */
  async charged(): Promise<Charged[]> {
    const response = await fetch(`${this.running.paymentsUrl}/sandbox/payments?limit=1000`)
    const { payments } = (await response.json()) as {
      payments: {
        payment_intent: { metadata: { orderId: string } }
        charges: { status: string; amount: number; amount_refunded: number }[]
      }[]
    }
    return payments.flatMap(({ payment_intent: { metadata }, charges }) =>
      charges
        .filter(({ status }) => status === 'succeeded')
        .map(({ amount, amount_refunded }) => ({
          ...{ orderId: metadata.orderId, taken: amount, givenBack: amount_refunded },
        })),
    )
  }

  /** How many letters the mail sandbox has taken to each of these addresses. */
  async lettersTo(addresses: string[]): Promise<number[]> {
    const response = await fetch(`${this.running.mailUrl}/sandbox/letters?limit=10000`)
    const { letters } = (await response.json()) as { letters: { letter: { to: string[] } }[] }
    const reached = letters.flatMap(({ letter }) => letter.to)
    return addresses.map((address) => reached.filter((to) => to === address).length)
  }

  /** The business keys of all letters that the mail sandbox has taken. */
  async letterKeys(): Promise<string[]> {
    const response = await fetch(`${this.running.mailUrl}/sandbox/letters?limit=10000`)
    const { letters } = (await response.json()) as { letters: { key: string | null }[] }
    return letters.map(({ key }) => key ?? '')
  }
}
