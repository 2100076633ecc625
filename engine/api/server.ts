import type { IncomingMessage, Server } from 'node:http'
import type { Engine } from '../index'
import { readText } from './body'
import type { Reply, Route } from './exchange'
import { checkCaller, checkSigningKey, Unauthorised } from './guard'
import { Problem } from './problem'
import { type ApiOptions, findRoute, routesFor } from './routes'
import { send } from './send'
import { createStandby } from './standby'
import { NOT_IMPLEMENTED } from './unsupported'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * The engine's HTTP server, not yet listening. Plain Node, without a framework: a checkpoint comes for every step of
 * every run, and this is the shortest way from the socket to the lane.
 * @param server one that has stood by until now, with its sockets.
 */
export function createApi(engine: Engine, options: ApiOptions, server = createStandby()): Server {
  const routes = routesFor(options)
  const names = new Set([...LOOPBACK, ...options.hostNames])
  server.removeAllListeners('request').on('request', (request, response) => {
    answer(engine, routes, names, options, request)
      .catch((error) => refusal(engine, error))
      .then((reply) => send(request, response, reply))
      .catch((error) => engine.log.error({ err: error }, 'an answer could not be sent'))
  })
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
    const { status, message, extra } = error
    const body = { ...extra, error: message, status }
    // Of some answers the SDK reads the first line alone, and throws that.
    return status === NOT_IMPLEMENTED ? { status, reason: message, body } : { status, body }
  }
  log.error({ err: error }, 'a request failed')
  return { status: 503, body: { error: 'the engine could not do this now', status: 503 } }
}
