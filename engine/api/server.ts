import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { finished } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '../index'
import { readText } from './body'
import type { Reply, Route } from './exchange'
import { checkCaller, checkSigningKey, Unauthorised } from './guard'
import { Problem } from './problem'
import { type ApiOptions, findRoute, routesFor } from './routes'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * The engine's HTTP server, not yet listening. Plain Node, without a framework: a checkpoint comes for every step of
 * every run, and this is the shortest way from the socket to the lane.
 */
export function createApi(engine: Engine, options: ApiOptions): Server {
  const routes = routesFor(options)
  const names = new Set([...LOOPBACK, ...options.hostNames])
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    answer(engine, routes, names, options, request)
      .catch((error) => refusal(engine, error))
      .then((reply) => send(request, response, reply))
      .catch((error) => engine.log.error({ err: error }, 'an answer could not be sent'))
  })
  // A sender that breaks off, or speaks no HTTP, is not worth more than a closed socket.
  server.on('clientError', (_, socket) => void socket.destroy())
  return server
}

async function answer(
  engine: Engine,
  routes: Route[],
  names: ReadonlySet<string>,
  { keys }: ApiOptions,
  request: IncomingMessage,
): Promise<Reply> {
  checkCaller(request.headers, names)
  const [path = '/', search = ''] = (request.url ?? '/').split('?', 2)
  const found = findRoute(routes, request.method ?? 'GET', path)
  if (!found) throw new Problem(404, `there is no ${path} here`)
  if (found === 'method') throw new Problem(405, `${path} does not take ${request.method}`)
  if (!found.route.isOpen) checkSigningKey(request.headers, keys)
  return found.route.answer({
    engine,
    params: found.params,
    query: new URLSearchParams(search),
    headers: request.headers,
    text: (mostBytes) => readText(request, mostBytes),
  })
}

function refusal({ log, metrics }: Engine, error: unknown): Reply {
  if (error instanceof Unauthorised) metrics.refused(error.reason)
  if (error instanceof Problem) {
    return { status: error.status, body: { ...error.extra, error: error.message, status: error.status } }
  }
  log.error({ err: error }, 'a request failed')
  return { status: 503, body: { error: 'the engine could not do this now', status: 503 } }
}

/** A sender that is still sending its body would not read a refusal: the rest is thrown away first, up to a limit. */
const REST_LIMIT_MS = 2_000

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, headers }: Reply,
): Promise<void> {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  if (!request.complete && !request.destroyed)
    await Promise.race([finished(request.resume()).catch(() => undefined), sleep(REST_LIMIT_MS)])
  const rest: Record<string, string> = request.complete ? {} : { connection: 'close' }
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...rest,
    ...headers,
  })
  response.end(text)
}
