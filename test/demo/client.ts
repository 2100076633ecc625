import { hashedKey } from '../../lib/engine-api'
import type { Running } from '../../local/start-all'

/** What a browser and an operator would do, over HTTP alone. */
export class Client {
  private readonly cookies = new Map<string, string>()

  constructor(readonly running: Pick<Running, 'appUrl' | 'engineUrl' | 'databaseUrl' | 'secrets'>) {}

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
  async move(by: string): Promise<void> {
    const { engineUrl, secrets } = this.running
    const response = await fetch(`${engineUrl}/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${hashedKey(secrets.signingKey)}` },
      body: JSON.stringify({ by }),
    })
    const { settled, unsettled } = (await response.json()) as { settled: boolean; unsettled: string[] }
    if (!settled) throw new Error(`Time could not be moved: ${unsettled.join(', ')} did not settle`)
  }
}
