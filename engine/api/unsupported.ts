import type { Route } from './exchange'
import { Problem } from './problem'

export const NOT_IMPLEMENTED = 501

const refused: [Route['method'], string, string][] = [
  ['POST', '/v1/realtime/publish', 'Realtime'],
  ['POST', '/v1/realtime/publish/tee', 'Realtime'],
  ['POST', '/v1/realtime/token', 'Realtime'],
  ['GET', '/v1/realtime/connect', 'Realtime'],
  ['GET', '/v1/realtime/sse', 'Realtime'],
  ['POST', '/v1/runs/:runId/metadata', 'Run metadata'],
  ['POST', '/v1/checkpoint', 'A durable endpoint'],
  ['POST', '/v1/checkpoint/:runId/steps', 'A durable endpoint'],
  ['GET', '/v1/checkpoint/:runId/output', 'A durable endpoint'],
  ['GET', '/v1/http/runs/:runId/output', 'A durable endpoint'],
  ['POST', '/v0/connect/start', 'Connect'],
]

/** What an app may ask of an Inngest server and this engine doesn't do: refused by name, never answered as if done. */
export const unsupportedRoutes: Route[] = refused.map(
  ([method, path, what]): Route => ({
    method,
    path,
    answer: () => {
      throw new Problem(NOT_IMPLEMENTED, `${what} is not supported by this engine`)
    },
  }),
)
