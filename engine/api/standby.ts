import { createServer, type Server } from 'node:http'
import { send } from './send'

/** Real seconds after which a sender may try again; a takeover takes a few. */
const RETRY_AFTER_S = 1

/**
 * The doors of an engine that does not lead (yet): each answers 503, so that senders try again, and so that a proxy
 * before several engines, which asks `/health`, passes everything on to the one that leads. `createApi` takes the same
 * server over, without a moment in which nobody listens.
 */
export function createStandby(): Server {
  const body = { error: 'this engine stands by; another one leads, or it is starting', status: 503 }
  const headers = { 'retry-after': String(RETRY_AFTER_S) }
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    send(request, response, { status: 503, body, headers }).catch(() => response.destroy())
  })
  // A sender that breaks off, or speaks no HTTP, is not worth more than a closed socket.
  server.on('clientError', (_, socket) => void socket.destroy())
  return server
}
