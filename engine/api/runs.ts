import { z } from 'zod'
import { eventsJson, memoJson } from '../execution/request'
import type { Engine } from '../index'
import { cancelled } from '../loop/operations/run-operations'
import { uuidOf } from '../model/ids'
import { isActive, type Run, runStatuses } from '../model/run'
import { loadRuns, readRepeats, readRunIdsOfEvent, readRunRows } from '../store/read'
import { readRunPage } from '../store/read-pages'
import type { RunRow } from '../store/tables'
import { iso, page, single } from './envelope'
import type { Route } from './exchange'
import { Problem } from './problem'
import { checkedQuery, cursor, instantText, pageLimit, plainText } from './query'

const wireStatus = {
  queued: 'Running',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const

const eventQuery = z.object({ repeats: z.literal('true', 'should be true, or left out').optional() })

/**
 * `GET /v1/events/{id}/runs`: the runs that an event started. With our own `?repeats=true` also those that the same
 * event, by its sender's id, started when it was sent before: a sender that died before it heard of that finds them.
 */
export const runsOfEventRoute: Route = {
  method: 'GET',
  path: '/v1/events/:eventId/runs',
  answer: async ({ engine, params, query }) => {
    const { repeats } = checkedQuery(eventQuery, query)
    const { readers } = engine.world
    const given = params.eventId ?? ''
    const events = repeats ? await readRepeats(readers, given) : [given]
    const ids = (await Promise.all(events.map((id) => readRunIdsOfEvent(readers, id)))).flat()
    const rows = ids.length > 0 ? await readRunRows(readers, [...new Set(ids)]) : []
    return single(engine, rows.sort((a, b) => (a.id < b.id ? -1 : 1)).map(shown))
  },
}

const filter = z.object({
  status: z
    .enum(['Running', 'Completed', 'Failed', 'Cancelled'], 'should be Running, Completed, Failed or Cancelled')
    .optional(),
  function: plainText.optional(),
  from: instantText.optional(),
  cursor: cursor.optional(),
  limit: pageLimit,
})

/** `GET /v1/runs?status=&function=&from=&limit=&cursor=`: runs, newest first. A function goes by either of its ids. */
export const runsRoute: Route = {
  method: 'GET',
  path: '/v1/runs',
  answer: async ({ engine, query }) => {
    const { status, function: id, from, cursor: before, limit } = checkedQuery(filter, query)
    const functionId = [...engine.world.functions.values()].find((fn) => fn.uuid === id)?.id ?? id
    const statuses = status && runStatuses.filter((own) => wireStatus[own] === status)
    return page(
      engine,
      await readRunPage(engine.world.readers, { statuses, functionId, from, before, limit }),
      limit,
      shown,
    )
  },
}

/** `GET /v1/runs/{id}` */
export const runRoute: Route = {
  method: 'GET',
  path: '/v1/runs/:runId',
  answer: async ({ engine, params }) => {
    const [row] = await readRunRows(engine.world.readers, [params.runId ?? ''])
    if (!row) throw unknownRun(params.runId)
    return single(engine, shown(row))
  },
}

/** `DELETE /v1/runs/{id}`: cancels. The answer of a call under way will be thrown away. */
export const cancelRoute: Route = {
  method: 'DELETE',
  path: '/v1/runs/:runId',
  answer: async ({ engine, params }) => {
    if ((await engine.lane.submit(cancelled(engine.world, params.runId ?? ''))) === 'unknown')
      throw unknownRun(params.runId)
    engine.log.info({ runId: params.runId }, 'run cancelled')
    return { status: 200 }
  },
}

/** `GET /v0/runs/{id}/actions`: the memo, for an app that was told to fetch it. */
export const memoRoute: Route = {
  method: 'GET',
  path: '/v0/runs/:runId/actions',
  answer: async ({ engine, params }) => ({ status: 200, body: memoJson(await activeRun(engine, params.runId)) }),
}

/** `GET /v0/runs/{id}/batch`: the events, for an app that was told to fetch them. */
export const batchRoute: Route = {
  method: 'GET',
  path: '/v0/runs/:runId/batch',
  answer: async ({ engine, params }) => ({ status: 200, body: eventsJson(await activeRun(engine, params.runId)) }),
}

async function activeRun({ world }: Engine, runId = ''): Promise<Run> {
  const run = world.runs.get(runId) ?? (await loadRuns(world.readers, [runId]))[0]
  if (!run) throw unknownRun(runId)
  if (!isActive(run)) throw new Problem(410, `the run ${runId} has ended`)
  return run
}

function unknownRun(runId = ''): Problem {
  return new Problem(404, `there is no run ${runId}`)
}

function shown(row: RunRow): Record<string, unknown> {
  const output = row.error ?? (row.output === null ? undefined : JSON.parse(row.output))
  return {
    run_id: row.id,
    run_started_at: iso(row.startedAt ?? row.createdAt),
    function_id: uuidOf(row.functionId),
    function_version: 1,
    environment_id: uuidOf('environment'),
    event_id: row.eventId,
    status: wireStatus[row.status],
    ended_at: row.endedAt === null ? null : iso(row.endedAt),
    ...(output === undefined ? {} : { output }),
  }
}
