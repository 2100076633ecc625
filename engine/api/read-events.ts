import { z } from 'zod'
import type { StoredEvent } from '../model/event'
import { findEvent, readEventPage } from '../store/read-pages'
import { iso, page, single } from './envelope'
import type { Route } from './exchange'
import { Problem } from './problem'
import { checkedQuery, cursor, instantText, pageLimit, plainText } from './query'

const filter = z.object({
  name: plainText.optional(),
  received_after: instantText.optional(),
  received_before: instantText.optional(),
  cursor: cursor.optional(),
  limit: pageLimit,
})

/** `GET /v1/events?name=&received_after=&received_before=&limit=&cursor=`: events, newest first. */
export const eventsRoute: Route = {
  method: 'GET',
  path: '/v1/events',
  answer: async ({ engine, query }) => {
    const { name, received_after, received_before, cursor: before, limit } = checkedQuery(filter, query)
    const times = { receivedAfter: received_after, receivedBefore: received_before }
    const events = await readEventPage(engine.world.readers, { name, ...times, before, limit })
    return page(engine, events, limit, shown)
  },
}

/** `GET /v1/events/{id}`, by the id that the sender was told. */
export const storedEventRoute: Route = {
  method: 'GET',
  path: '/v1/events/:eventId',
  answer: async ({ engine, params }) => {
    const event = await findEvent(engine.world.readers, params.eventId ?? '')
    if (!event) throw new Problem(404, `there is no event ${params.eventId}`)
    return single(engine, shown(event))
  },
}

function shown({ id, receivedAt, body }: StoredEvent): Record<string, unknown> {
  return { internal_id: id, received_at: iso(receivedAt), ...JSON.parse(body) }
}
