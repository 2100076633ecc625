import { createHash } from 'node:crypto'
import { expressionProblem } from '../../flow/expression'
import { combinationProblem } from '../../model/flow-control'
import {
  ConfigurationError,
  type FunctionConfig,
  type RegisteredFunction,
  readFunctionConfig,
} from '../../model/function'
import { uuidOf } from '../../model/ids'
import { canonicalJson } from '../../model/json'
import { cronProblem, nextTick } from '../../schedule/cron'
import type { CronRow } from '../../store/tables'
import type { Operation, Pass } from '../lane'
import type { SetAside, World } from '../world'

/** An app as it registers itself. */
export type Registration = { appName: string; url: string; sdk: string; functions: unknown[] }
export type SyncResult = { modified: boolean; functionCount: number }

/**
 * Checks all functions of an app; one that can't be driven as configured refuses the whole sync, by name.
 * @throws ConfigurationError
 */
export function readFunctions(functions: unknown[]): FunctionConfig[] {
  const configs = functions.map(readActiveConfig)
  const seen = new Set<string>()
  for (const { id } of configs) {
    if (seen.has(id)) throw new ConfigurationError(`${id} is registered twice`)
    seen.add(id)
  }
  return configs
}

/**
 * Reads the configuration of a function that is served: all of it must be such that it can be driven by it.
 * @throws ConfigurationError
 */
export function readActiveConfig(value: unknown): FunctionConfig {
  const config = readFunctionConfig(value)
  const problem = problemIn(config)
  if (problem) throw new ConfigurationError(`${config.id}: ${problem}`)
  return config
}

/** What starts a function that was deferred; this engine sends no such event. */
const DEFERRED = 'inngest/deferred.schedule'

function problemIn(config: FunctionConfig): string | undefined {
  if (config.triggers.some((trigger) => trigger.event === DEFERRED)) return 'defers are not supported by this engine'
  const expressions = [
    ...config.triggers.map((trigger) => trigger.expression),
    ...(config.cancel ?? []).map((cancel) => cancel.if),
    ...(config.concurrency ?? []).map((limit) => limit.key),
    config.throttle?.key,
    config.batchEvents?.key,
    config.batchEvents?.if,
    config.rateLimit?.key,
    config.debounce?.key,
    config.singleton?.key,
    config.priority?.run,
    config.idempotency,
  ]
  for (const text of expressions) {
    const problem = text ? expressionProblem(text) : undefined
    if (problem) return `the expression ${JSON.stringify(text)} can't be read: ${problem}`
  }
  if (config.concurrency?.some((limit) => limit.scope && limit.scope !== 'fn' && !limit.key))
    return 'a concurrency scope needs a key'
  const period = config.throttle?.period
  if (period !== undefined && (period < 1_000 || period > 7 * 86_400_000))
    return 'throttle.period should be from 1s to 7d'
  const combination = combinationProblem(config)
  if (combination) return combination
  return config.triggers.map((trigger) => (trigger.cron ? cronProblem(trigger.cron) : undefined)).find(Boolean)
}

/** A function's id is its app's and its own joined by a hyphen: `a-b` and `c` give the same as `a` and `b-c`. */
function checkOwner(world: World, id: string, appName: string): void {
  const known = world.functions.get(id)
  if (known?.isActive && known.appId !== appName)
    throw new ConfigurationError(`${id} is a function of the app ${known.appId} already; give one of them another id`)
}

/**
 * Takes over an app's functions. One that it no longer has starts no runs any more; those under way go on.
 * @throws ConfigurationError when one of them can't be driven as configured, or is another app's.
 */
export function sync(world: World, { appName, url, sdk, functions }: Registration): Operation<SyncResult> {
  const configs = readFunctions(functions)
  for (const { id } of configs) checkOwner(world, id, appName)
  const checksum = createHash('sha256').update(canonicalJson({ url, functions })).digest('hex')
  const registered = configs.map(
    (config, i): RegisteredFunction => ({
      id: config.id,
      appId: appName,
      uuid: uuidOf(config.id),
      config,
      raw: functions[i],
      isActive: true,
    }),
  )
  const crons: CronRow[] = []
  const gone: CronRow[] = []
  return {
    name: 'sync',
    decide: (pass) => {
      const isAside = configs.some(({ id }) => world.setAside.has(id))
      if (!isAside && world.apps.get(appName)?.checksum === checksum)
        return { modified: false, functionCount: configs.length }
      const app = { id: appName, url, sdk, checksum, syncedAt: pass.draft.now }
      pass.draft.changes.put('app', app)
      world.apps.set(appName, app)
      const kept = new Set(configs.map((config) => config.id))
      for (const old of world.functions.values()) {
        if (old.appId === appName && old.isActive && !kept.has(old.id)) registered.push({ ...old, isActive: false })
      }
      for (const fn of registered) {
        const { id, appId, isActive, raw } = fn
        pass.draft.changes.put('function', { id, appId, isActive, config: raw })
        updateCrons(world, pass, fn, crons, gone)
      }
      for (const old of world.setAside.values())
        if (old.appId === appName && old.isActive && !kept.has(old.id)) dropAside(world, pass, old)
      return { modified: true, functionCount: configs.length }
    },
    committed: ({ modified }) => {
      if (!modified) return
      world.syncs++
      for (const fn of registered) world.functions.set(fn.id, fn)
      for (const cron of gone) world.crons.delete(cronKey(cron))
      for (const cron of crons) world.crons.set(cronKey(cron), cron)
      // What was set aside and is registered anew goes on.
      const released = registered.filter(({ id }) => world.setAside.delete(id))
      if (released.length > 0) world.release()
    },
  }
}

/** A function that is set aside, and that its app no longer has: there is no way any more to call its runs. */
function dropAside(world: World, { draft }: Pass, old: SetAside): void {
  const { id, appId, config } = old
  draft.changes.put('function', { id, appId, isActive: false, config })
  for (const cron of old.crons) draft.changes.remove('cron', cron)
  world.setAside.set(id, { ...old, isActive: false, crons: [] })
}

export function cronKey({ functionId, expression }: Pick<CronRow, 'functionId' | 'expression'>): string {
  return `${functionId} ${expression}`
}

/** An expression that stays keeps its next tick; a new one begins now. */
function updateCrons(world: World, { draft }: Pass, fn: RegisteredFunction, crons: CronRow[], gone: CronRow[]): void {
  const wanted = new Set(fn.isActive ? fn.config.triggers.flatMap((trigger) => trigger.cron ?? []) : [])
  const aside = world.setAside.get(fn.id)?.crons ?? []
  for (const cron of [...world.crons.values(), ...aside]) {
    if (cron.functionId !== fn.id) continue
    const stays = wanted.delete(cron.expression)
    if (stays && aside.includes(cron)) crons.push(cron)
    if (stays) continue
    draft.changes.remove('cron', cron)
    gone.push(cron)
  }
  for (const expression of wanted) {
    const nextAt = nextTick(expression, draft.now)
    if (nextAt === undefined) continue
    const cron = { functionId: fn.id, expression, nextAt }
    draft.changes.put('cron', cron)
    crons.push(cron)
  }
}
