import type { Engine } from '../index'
import { paused } from '../loop/operations/pause'
import type { RegisteredFunction } from '../model/function'
import { iso, single } from './envelope'
import type { Route } from './exchange'
import { Problem } from './problem'

/** `GET /v1/apps/{name}/functions`: the functions that an app serves now. */
export const functionsOfAppRoute: Route = {
  method: 'GET',
  path: '/v1/apps/:appId/functions',
  answer: ({ engine, params }) => {
    const { world } = engine
    if (!world.apps.has(params.appId ?? '')) throw new Problem(404, `there is no app ${params.appId}`)
    const own = [...world.functions.values()].filter((fn) => fn.appId === params.appId && fn.isActive)
    return single(
      engine,
      own.map((fn) => ({ id: fn.uuid, slug: fn.id, name: nameOf(fn), triggers: fn.config.triggers })),
    )
  },
}

/** `GET /dev/functions`: every function that is or was served, and whether it is paused. */
export const functionsRoute: Route = {
  method: 'GET',
  path: '/dev/functions',
  answer: ({ engine }) => {
    const known = [...engine.world.functions.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    return { status: 200, body: { functions: known.map((fn) => shown(engine, fn)) } }
  },
}

/**
 * `POST /dev/functions/{id}/pause`: the function starts nothing more, whatever its trigger. As Inngest documents it,
 * events that come meanwhile pass it by for good, and its runs are held where they are: a call under way is done to its
 * end, and no other is made. Inngest cancels such runs after seven days; here they wait until the function is resumed.
 */
export const pauseRoute: Route = {
  method: 'POST',
  path: '/dev/functions/:functionId/pause',
  answer: ({ engine, params }) => hold(engine, params.functionId, true),
}

/** `POST /dev/functions/{id}/resume`: from now on events start it again, and what had begun before goes on. */
export const resumeRoute: Route = {
  method: 'POST',
  path: '/dev/functions/:functionId/resume',
  answer: ({ engine, params }) => hold(engine, params.functionId, false),
}

async function hold(engine: Engine, functionId = '', isPaused: boolean) {
  const fn = engine.world.functions.get(functionId)
  if (!fn) throw new Problem(404, `there is no function ${functionId}`, { code: 'no-function' })
  await engine.lane.submit(paused(engine.world, functionId, isPaused))
  engine.log.info({ functionId }, isPaused ? 'function paused' : 'function resumed')
  return { status: 200, body: shown(engine, fn) }
}

function shown({ world }: Engine, fn: RegisteredFunction): Record<string, unknown> {
  const pausedAt = world.pauses.get(fn.id)?.pausedAt
  return {
    id: fn.id,
    appId: fn.appId,
    name: nameOf(fn),
    triggers: fn.config.triggers,
    isActive: fn.isActive,
    isPaused: pausedAt !== undefined,
    pausedAt: pausedAt === undefined ? null : iso(pausedAt),
  }
}

function nameOf({ id, config }: RegisteredFunction): string {
  return config.name ?? id
}
