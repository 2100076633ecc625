import { countActiveRuns } from '../store/read-pages'
import type { Route } from './exchange'

/** `GET /metrics`: the engine's figures for Prometheus, which shows the hashed signing key like everybody. */
export const metricsRoute: Route = {
  method: 'GET',
  path: '/metrics',
  answer: async ({ engine }) => {
    const { metrics, dispatcher, world, clock } = engine
    const activeRuns = await countActiveRuns(world.readers)
    const body = await metrics.text({ ...dispatcher.standing(clock.now()), activeRuns })
    return { status: 200, body, headers: { 'content-type': metrics.registry.contentType } }
  },
}
