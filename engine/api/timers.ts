import { readUpcoming } from '../store/read'
import type { Route } from './exchange'
import { Problem } from './problem'

const MOST = 200
const DEFAULT = 50
const LATEST = '9999-12-31T00:00:00Z'

/** `GET /dev/timers?until=…&limit=…`: what will fire up to an instant of engine time, soonest first. */
export const timersRoute: Route = {
  method: 'GET',
  path: '/dev/timers',
  answer: async ({ engine, query }) => {
    const until = Date.parse(query.get('until') ?? LATEST)
    if (!(until <= Date.parse(LATEST)))
      throw new Problem(400, 'until should be an instant such as 2026-12-01T09:00:00Z')
    const limit = Number(query.get('limit') ?? DEFAULT)
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
      throw new Problem(400, `limit should be a whole number from 1 to ${MOST}`)
    const timers = await readUpcoming(engine.world.readers, until, limit, engine.world.heldBack())
    return {
      status: 200,
      body: { timers: timers.map((timer) => ({ ...timer, at: new Date(timer.at).toISOString() })) },
    }
  },
}
