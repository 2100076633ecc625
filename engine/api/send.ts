import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { finished } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Reply } from './exchange'

/** A sender that is still sending its body would not read a refusal: the rest is thrown away first, up to a limit. */
const REST_LIMIT_MS = 2_000

/** Sends a reply. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, reason = STATUS_CODES[status] ?? '', body, headers }: Reply,
): Promise<void> {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  if (!request.complete && !request.destroyed)
    await Promise.race([finished(request.resume()).catch(() => undefined), sleep(REST_LIMIT_MS)])
  const rest: Record<string, string> = request.complete ? {} : { connection: 'close' }
  response.writeHead(status, reason, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...rest,
    ...headers,
  })
  response.end(text)
}
