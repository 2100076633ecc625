import { cancellationsRoute, liftCancellationRoute, orderCancellationRoute } from './cancellations'
import { checkpointRoute } from './checkpoint'
import { clockRoute, moveClockRoute } from './clock'
import { eventRoute } from './events'
import type { Route } from './exchange'
import { functionsOfAppRoute, functionsRoute, pauseRoute, resumeRoute } from './functions'
import type { Keys } from './guard'
import { aboutRoute, healthRoute, homeRoute } from './info'
import { metricsRoute } from './metrics'
import { eventsRoute, storedEventRoute } from './read-events'
import { registerRoute } from './register'
import { rerunRoute, skipSleepRoute } from './run-controls'
import { batchRoute, cancelRoute, memoRoute, runRoute, runsOfEventRoute, runsRoute } from './runs'
import { signalRoute } from './signals'
import { timersRoute } from './timers'
import { unsupportedRoutes } from './unsupported'

export type ApiOptions = {
  keys: Keys
  mode: 'local' | 'live'
  consoleUrl?: string
  hostNames: string[]
  storeLimitMs?: number
}

/** Every door of the engine. */
export function routesFor({ keys, mode, consoleUrl, storeLimitMs }: ApiOptions): Route[] {
  return [
    eventRoute(keys, storeLimitMs),
    checkpointRoute,
    registerRoute,
    eventsRoute,
    storedEventRoute,
    runsOfEventRoute,
    runsRoute,
    runRoute,
    cancelRoute,
    orderCancellationRoute,
    cancellationsRoute,
    liftCancellationRoute,
    functionsOfAppRoute,
    signalRoute,
    memoRoute,
    batchRoute,
    clockRoute,
    moveClockRoute(mode),
    timersRoute,
    functionsRoute,
    pauseRoute,
    resumeRoute,
    skipSleepRoute,
    rerunRoute,
    metricsRoute,
    healthRoute,
    aboutRoute(mode),
    homeRoute(consoleUrl),
    ...unsupportedRoutes,
  ]
}

export type Found = { route: Route; params: Record<string, string> }

/** The route for a request; `'method'` where the path is known and the method isn't. */
export function findRoute(routes: Route[], method: string, path: string): Found | 'method' | undefined {
  const segments = path.split('/')
  let isPathKnown = false
  for (const route of routes) {
    const params = paramsOf(route.path.split('/'), segments)
    if (!params) continue
    if (route.method === method) return { route, params }
    isPathKnown = true
  }
  return isPathKnown ? 'method' : undefined
}

function paramsOf(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [i, part] of pattern.entries()) {
    const segment = segments[i] ?? ''
    if (part.startsWith(':') && segment) params[part.slice(1)] = decoded(segment)
    else if (part !== segment) return undefined
  }
  return params
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll('\u0000', '')
  } catch {
    return segment
  }
}
