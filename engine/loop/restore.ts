import { readFunctionConfig } from '../model/function'
import { uuidOf } from '../model/ids'
import { readApps, readCrons, readFunctions, readWaitCounts } from '../store/read'
import { readOpenCancellations, readPauses, readSignals } from '../store/read-orders'
import type { Dispatcher } from './dispatcher'
import { cronKey } from './operations/sync'
import { readFlow, restoreFlow } from './restore-flow'
import type { World } from './world'

/**
 * Makes memory agree with the tables: at the start, when all that an engine of an older epoch held is rescued by it,
 * and after a lost connection, when memory may be ahead.
 */
export async function restore(world: World, dispatcher: Dispatcher): Promise<void> {
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
  for (const { id, appId, isActive, config } of functions)
    world.functions.set(id, { id, appId, uuid: uuidOf(id), config: readFunctionConfig(config), raw: config, isActive })
  for (const cron of crons) world.crons.set(cronKey(cron), cron)
  restoreFlow(world.flow, flow, dispatcher.calls.values())
  for (const { eventName, path, count } of waits) world.addWaits(eventName, path, count)
  for (const signal of signals) world.signals.set(signal.name, signal)
  for (const pause of pauses) world.pauses.set(pause.functionId, pause)
  for (const order of cancellations) world.cancellations.set(order.id, order)
}
