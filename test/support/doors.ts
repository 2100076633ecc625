import { ORIGIN } from './app'

type Door = (request: Request) => Promise<Response>

export type Answer = {
  status: number
  headers: Headers
  body: { fields?: Record<string, string>; title?: string } & Record<string, unknown>
}

/** Posts to a door as a page's form does. */
export async function post(door: Door, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
  return ask(door, 'POST', text as BodyInit, { 'content-type': 'application/json', ...headers })
}

export async function ask(
  door: Door,
  method: string,
  body?: BodyInit,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const request = new Request(`${ORIGIN}/api/door`, {
    method,
    headers: { host: 'localhost:3000', ...headers },
    ...(body ? { body } : {}),
  })
  const response = await door(request)
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} }
}

/** The cookies of an answer, as the browser would send them back. */
export function cookieOf({ headers }: Answer): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
