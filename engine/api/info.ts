import type { Route } from './exchange'

const ENGINE_VERSION = '0.1.0'

/** `GET /health` */
export const healthRoute: Route = {
  method: 'GET',
  path: '/health',
  isOpen: true,
  answer: () => ({ status: 200, body: { status: 200, message: 'OK' } }),
}

/** `GET /dev`: which engine this is, and on which database, so that a starter adopts none but its own. */
export function aboutRoute(mode: 'local' | 'live'): Route {
  return {
    method: 'GET',
    path: '/dev',
    isOpen: true,
    answer: ({ engine }) => {
      const functions = [...engine.world.functions.values()].filter((fn) => fn.isActive)
      const shown = functions.map(({ id, config }) => ({ id, name: config.name ?? id, triggers: config.triggers }))
      return { status: 200, body: { version: ENGINE_VERSION, databaseId: engine.databaseId, mode, functions: shown } }
    },
  }
}

/** `GET /`: leads to the console, where there is one. */
export function homeRoute(consoleUrl: string | undefined): Route {
  return {
    method: 'GET',
    path: '/',
    isOpen: true,
    answer: () =>
      consoleUrl
        ? { status: 302, headers: { location: consoleUrl } }
        : { status: 200, body: { message: 'This is the engine; it has no page of its own.' } },
  }
}
