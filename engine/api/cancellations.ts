import { z } from 'zod'
import { expressionProblem } from '../flow/expression'
import type { Engine } from '../index'
import { cancellationLifted } from '../loop/operations/cancellation'
import { newId } from '../model/ids'
import { findCancellation, readCancellations } from '../store/read-orders'
import type { CancellationRow } from '../store/tables'
import { checked } from './body'
import { iso, page, single } from './envelope'
import type { Route } from './exchange'
import { Problem } from './problem'
import { checkedQuery, cursor, instantText, pageLimit, plainText } from './query'

const MAX_BODY_BYTES = 64 * 1024

const order = z
  .object({
    app_id: plainText,
    function_id: plainText,
    started_after: instantText.nullish(),
    started_before: instantText,
    if: z
      .string('should be a text')
      .max(10_000, 'is longer than 10000 characters')
      .refine((text) => !text.includes('\u0000'), 'holds a NUL character')
      .refine((text) => text === '' || !expressionProblem(text), 'is no expression that can be read')
      .nullish(),
  })
  .refine(({ started_after: after, started_before: before }) => (after ?? Number.NEGATIVE_INFINITY) < before, {
    path: ['started_before'],
    message: 'should be later than started_after',
  })

/**
 * `POST /v1/cancellations`: cancels the runs of a function that were made within a span of time. It means runs that
 * are there: one that is made after the order is not touched, however late `started_before` lies.
 */
export const orderCancellationRoute: Route = {
  method: 'POST',
  path: '/v1/cancellations',
  answer: async ({ engine, text }) => {
    const {
      app_id,
      function_id,
      started_after,
      started_before,
      if: expression,
    } = checked(order, await text(MAX_BODY_BYTES))
    const fn = functionOf(engine, app_id, function_id)
    const { clock } = engine
    const row: CancellationRow = {
      id: newId(clock.realNow()),
      functionId: fn.id,
      startedAfter: started_after ?? null,
      startedBefore: Math.min(started_before, clock.now() + 1),
      expression: expression || null,
      createdAt: clock.now(),
      seenUpTo: '',
      cancelled: 0,
      isDone: false,
    }
    await engine.orderCancellation(row)
    return single(engine, shown(engine)(row))
  },
}

const filter = z.object({ cursor: cursor.optional(), limit: pageLimit })

/** `GET /v1/cancellations`: the orders, newest first, and how far each has come. */
export const cancellationsRoute: Route = {
  method: 'GET',
  path: '/v1/cancellations',
  answer: async ({ engine, query }) => {
    const { cursor: before = null, limit } = checkedQuery(filter, query)
    return page(engine, await readCancellations(engine.world.readers, before, limit), limit, shown(engine))
  },
}

/** `DELETE /v1/cancellations/{id}`: lifts an order; what it has cancelled stays cancelled. */
export const liftCancellationRoute: Route = {
  method: 'DELETE',
  path: '/v1/cancellations/:orderId',
  answer: async ({ engine, params }) => {
    const row = await findCancellation(engine.world.readers, params.orderId ?? '')
    if (!row) throw new Problem(404, `there is no cancellation ${params.orderId}`)
    await engine.lane.submit(cancellationLifted(engine.world, row))
    return { status: 200 }
  },
}

/** A function's id within its app, or with the app's id before it. */
function functionOf({ world }: Engine, appId: string, id: string): { id: string; appId: string } {
  const find = (name: string) => world.functions.get(name) ?? world.setAside.get(name)
  const fn = find(`${appId}-${id}`) ?? find(id)
  if (!fn || fn.appId !== appId) throw new Problem(404, `function_id: the app ${appId} has no function ${id}`)
  return fn
}

function shown({ world }: Engine): (row: CancellationRow) => Record<string, unknown> {
  return ({ id, functionId, startedAfter, startedBefore, expression, createdAt, cancelled, isDone }) => ({
    id,
    app_id: world.functions.get(functionId)?.appId ?? null,
    function_id: functionId,
    started_after: startedAfter === null ? null : iso(startedAfter),
    started_before: iso(startedBefore),
    if: expression,
    created_at: iso(createdAt),
    cancelled,
    is_done: isDone,
  })
}
