import type { Logger } from 'pino'
import { ConfigurationError, type FunctionConfig, readFunctionConfig } from '../model/function'
import { uuidOf } from '../model/ids'
import { readApps, readCrons, readFunctions, readWaitCounts } from '../store/read'
import { readOpenCancellations, readPauses, readSignals } from '../store/read-orders'
import type { FunctionRow } from '../store/tables'
import type { Dispatcher } from './dispatcher'
import { cronKey, readActiveConfig } from './operations/sync'
import { readFlow, restoreFlow } from './restore-flow'
import type { World } from './world'

/**
 * Makes memory agree with the tables: at the start, when all that an engine of an older epoch held is rescued by it,
 * and after a lost connection, when memory may be ahead.
 */
export async function restore(world: World, dispatcher: Dispatcher, log: Logger): Promise<void> {
  const db = world.readers
  const [apps, functions, crons, waits, flow, signals, pauses, cancellations] = await Promise.all([
    readApps(db),
    readFunctions(db),
    readCrons(db),
    readWaitCounts(db),
    readFlow(db),
    readSignals(db),
    readPauses(db),
    readOpenCancellations(db),
  ])
  world.runs.clear()
  world.apps.clear()
  world.functions.clear()
  world.crons.clear()
  world.waiting.clear()
  world.signals.clear()
  world.pauses.clear()
  world.cancellations.clear()
  dispatcher.queue.clear()
  for (const app of apps) world.apps.set(app.id, app)
  restoreFunctions(world, functions, log)
  for (const cron of crons) {
    const aside = world.setAside.get(cron.functionId)
    if (aside) aside.crons.push(cron)
    else world.crons.set(cronKey(cron), cron)
  }
  restoreFlow(world.flow, flow, dispatcher.calls.values())
  for (const { eventName, path, count } of waits) world.addWaits(eventName, path, count)
  for (const signal of signals) world.signals.set(signal.name, signal)
  for (const pause of pauses) world.pauses.set(pause.functionId, pause)
  for (const order of cancellations) world.cancellations.set(order.id, order)
}

/**
 * A configuration that an older engine has taken and this one refuses keeps it from nothing else: the function is set
 * aside until its app registers it anew, and its runs wait.
 */
function restoreFunctions(world: World, rows: FunctionRow[], log: Logger): void {
  const before = new Map(world.setAside)
  world.setAside.clear()
  for (const row of rows) {
    const { id, appId, isActive, config: raw } = row
    const config = acceptedConfig(row)
    if (!('problem' in config)) {
      world.functions.set(id, { id, appId, uuid: uuidOf(id), config, raw, isActive })
      continue
    }
    const { problem } = config
    world.setAside.set(id, { ...row, problem, crons: [] })
    if (before.get(id)?.problem === problem) continue
    log.error(
      { functionId: id, problem },
      'a function is set aside: the configuration that is stored of it is no longer accepted. Its runs wait until its app registers it anew',
    )
  }
}

function acceptedConfig({ isActive, config }: FunctionRow): FunctionConfig | { problem: string } {
  try {
    return isActive ? readActiveConfig(config) : readFunctionConfig(config)
  } catch (error) {
    if (error instanceof ConfigurationError) return { problem: error.message }
    throw error
  }
}
