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

/** `GET /dev/functions`: every function that is or was served, whether it is paused, and why it is set aside if it is. */
export const functionsRoute: Route = {
  method: 'GET',
  path: '/dev/functions',
  answer: ({ engine }) => {
    const { functions, setAside } = engine.world
    const ids = [...functions.keys(), ...setAside.keys()].sort()
    return { status: 200, body: { functions: ids.map((id) => shown(engine, id)) } }
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
  const { functions, setAside } = engine.world
  if (!functions.has(functionId) && !setAside.has(functionId))
    throw new Problem(404, `there is no function ${functionId}`, { code: 'no-function' })
  await engine.lane.submit(paused(engine.world, functionId, isPaused))
  engine.log.info({ functionId }, isPaused ? 'function paused' : 'function resumed')
  return { status: 200, body: shown(engine, functionId) }
}

function shown({ world }: Engine, id: string): Record<string, unknown> {
  const pausedAt = world.pauses.get(id)?.pausedAt
  const [fn, aside] = [world.functions.get(id), world.setAside.get(id)]
  return {
    id,
    appId: (fn ?? aside)?.appId,
    name: fn ? nameOf(fn) : id,
    triggers: fn?.config.triggers ?? [],
    isActive: (fn ?? aside)?.isActive,
    isPaused: pausedAt !== undefined,
    pausedAt: pausedAt === undefined ? null : iso(pausedAt),
    problem: aside?.problem ?? null,
  }
}

function nameOf({ id, config }: RegisteredFunction): string {
  return config.name ?? id
}
