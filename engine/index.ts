import type { Logger } from 'pino'
import type { EngineClock } from './clock'
import { Core, type EngineOptions } from './core'
import type { Transport } from './execution/transport'
import type { Dispatcher } from './loop/dispatcher'
import type { Lane } from './loop/lane'
import { lead } from './loop/lead'
import { LEASE } from './loop/lease'
import { type ClockMove, type ClockMoved, moveClock } from './loop/move-clock'
import { Mutex } from './loop/mutex'
import type { World } from './loop/world'
import type { Metrics } from './metrics'
import { realConnections } from './store/connect'
import { readMeta } from './store/read'
import type { CancellationRow } from './store/tables'
import { realTimers, type Timers } from './timers'

export type { EngineOptions } from './core'

/** How long a stop waits for calls under way; real milliseconds. */
const STOP_LIMIT_MS = 25_000

/** The running engine, as its HTTP doors see it. */
export type Engine = {
  world: World
  lane: Lane
  dispatcher: Dispatcher
  clock: EngineClock
  databaseId: string
  epoch: number
  transport: Transport
  metrics: Metrics
  timers: Timers
  log: Logger
  /** Says that an app answers again; calls that wait for it go out at once. */
  appIsBack: (appId: string) => void
  moveClock: (move: ClockMove) => Promise<ClockMoved>
  /** Resolves when it is certain that no other engine has taken over; rejects where one has. */
  confirmLead: () => Promise<void>
  /** Takes an order to cancel many runs; it is noted when this resolves. */
  orderCancellation: (order: CancellationRow) => Promise<void>
  /** Takes no new work, lets calls under way end up to a limit, and leaves the lead. */
  stop: (limitMs?: number) => Promise<void>
}

/**
 * Starts the engine on a database: waits for the lead, installs its tables, brings what is due into memory (with all
 * that an engine before it left half done) and begins to call.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { connect = realConnections, timers = realTimers, lease = LEASE } = options
  const core = new Core(options, await lead({ ...options, connect, timers, lease }))
  await core.wake()
  const { world, lane, dispatcher, clock, transport, metrics, epoch, caller } = core
  const moves = new Mutex()
  return {
    ...{ world, lane, dispatcher, clock, transport, metrics, timers, epoch, log: options.log },
    databaseId: (await readMeta(world.readers, 'database_id')) ?? '',
    confirmLead: () => core.heartbeat.confirm(),
    orderCancellation: (order) => core.bulkCancel.order(order),
    appIsBack: (appId) => caller.appIsBack(appId),
    // One move after the other: two at once would not know which of them a settled engine belongs to.
    moveClock: (move) => moves.run(() => moveClock({ world, lane, dispatcher, clock, timers }, move)),
    stop: (limitMs = STOP_LIMIT_MS) => core.stop(limitMs),
  }
}
