import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from 'pino'
import { type EngineClock, engineClock } from './clock'
import { httpTransport, type Transport } from './execution/transport'
import { Caller } from './loop/caller'
import { Dispatcher } from './loop/dispatcher'
import { Lane } from './loop/lane'
import { type ClockMove, type ClockMoved, moveClock } from './loop/move-clock'
import { skippedToLatest } from './loop/operations/cron-operations'
import { refilled } from './loop/operations/refill'
import { takeInRaised } from './loop/operations/take-in'
import { restore } from './loop/restore'
import { World } from './loop/world'
import { transportWaitMs as defaultTransportWaitMs } from './model/backoff'
import { newId } from './model/ids'
import { connectReaders, connectWriter, isConnectionError } from './store/connect'
import { installSchema } from './store/install'
import { beginEpoch, currentEpoch, tryToLead } from './store/leadership'
import { readMeta } from './store/read'

export type EngineOptions = {
  databaseUrl: string
  log: Logger
  /** Without it calls go unsigned, which only an app in dev mode takes. */
  signingKey?: string
  /** Calls under way at once, at most. */
  mostCalls?: number
  /** Real time in milliseconds, and the chance of jitter: 0 up to 1. */
  realNow?: () => number
  random?: () => number
  /** How calls reach the app; real sockets where none is given. */
  transport?: Transport
  /** Real milliseconds to wait after so many transport failures in a row. */
  transportWaitMs?: (failuresInARow: number) => number
  /** Called when another engine has taken over, or when the engine can't go on. */
  onLost?: (reason: string) => void
}

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
  log: Logger
  /** Says that an app answers again; calls that wait for it go out at once. */
  appIsBack: (appId: string) => void
  moveClock: (move: ClockMove) => Promise<ClockMoved>
  /** Takes no new work, lets calls under way end up to a limit, and leaves the lead. */
  stop: (limitMs?: number) => Promise<void>
}

/**
 * Starts the engine on a database: installs its tables, waits for the lead, brings what is due into memory (with all
 * that an engine before it left half done) and begins to call.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { log, databaseUrl, random = Math.random, mostCalls = 100, transportWaitMs = defaultTransportWaitMs } = options
  const clock = engineClock(options.realNow)
  const own = options.transport ? undefined : httpTransport()
  const transport = options.transport ?? own?.transport ?? (() => Promise.reject(new Error('no transport')))
  let writer = await lead(databaseUrl, log)
  const epoch = await beginEpoch(writer)
  const readers = connectReaders(databaseUrl, 8)
  const world = new World(readers)
  const state = { isStopping: false, isRefilling: false }

  const lane: Lane = new Lane({
    world,
    log,
    writer: () => writer,
    moment: () => ({ now: clock.now(), realNow: clock.realNow(), random }),
    isUnderWay: (itemId) => dispatcher.isUnderWay(itemId),
    takeIn: (pass) => takeInRaised(world, pass),
    committed: (draft) => {
      for (const id of draft.dropped) dispatcher.queue.drop(id)
      for (const item of draft.queued) if (world.runs.get(item.runId)?.items.has(item.id)) dispatcher.add(item)
      for (const wait of draft.addedWaits) world.countWait(wait, 1)
      for (const wait of draft.droppedWaits) world.countWait(wait, -1)
      if (draft.queued.length > 0) dispatcher.pump()
    },
    recover,
  })

  const caller = new Caller({
    world,
    lane,
    dispatcher: () => dispatcher,
    clock,
    transport,
    transportWaitMs,
    signingKey: options.signingKey,
    log,
  })
  const dispatcher: Dispatcher = new Dispatcher({
    world,
    lane,
    clock,
    log,
    mostCalls,
    newRequestId: () => newId(clock.realNow()),
    call: (call) => void caller.work(call),
    refill,
  })

  function refill(): void {
    if (state.isRefilling) return
    state.isRefilling = true
    lane
      .submit(refilled(world, dispatcher, () => clock.now()))
      .catch((error) => log.error({ err: error }, 'due items could not be read'))
      .finally(() => {
        state.isRefilling = false
      })
  }

  /** After a lost connection: leads again, unless another engine does by now, and reads everything anew. */
  async function recover(error: unknown): Promise<void> {
    log.warn({ err: error }, 'the database was lost; trying again')
    for (let wait = 50; ; wait = Math.min(wait * 2, 2_000)) {
      if (state.isStopping) throw error
      try {
        writer = await leadAgain(writer, databaseUrl, epoch)
        await restore(world, dispatcher)
        refill()
        return
      } catch (problem) {
        if (problem instanceof LostLead) {
          options.onLost?.(problem.message)
          throw problem
        }
        await sleep(wait)
      }
    }
  }

  clock.offsetMs = Number((await readMeta(readers, 'clock_offset_ms')) ?? 0)
  await restore(world, dispatcher)
  await lane.submit(skippedToLatest(world, clock.now()))
  await lane.submit(refilled(world, dispatcher, () => clock.now()))
  dispatcher.start()

  let moving: Promise<unknown> = Promise.resolve()
  return {
    world,
    lane,
    dispatcher,
    clock,
    log,
    transport,
    epoch,
    databaseId: (await readMeta(readers, 'database_id')) ?? randomUUID(),
    appIsBack: (appId) => caller.appIsBack(appId),
    moveClock: (move) => {
      const next = moving.then(() => moveClock({ world, lane, dispatcher, clock }, move))
      moving = next.catch(() => undefined)
      return next
    },
    stop: async (limitMs = STOP_LIMIT_MS) => {
      dispatcher.stop()
      caller.stop()
      const deadline = clock.realNow() + limitMs
      while ([...dispatcher.calls.values()].some((call) => call.state === 'calling') && clock.realNow() < deadline)
        await sleep(10)
      state.isStopping = true
      await lane.stop()
      await own?.close()
      await Promise.allSettled([writer.end(), readers.end()])
    },
  }
}

class LostLead extends Error {}

/** Real milliseconds between two tries for the lead. */
const STANDBY_PAUSE_MS = 250

async function lead(databaseUrl: string, log: Logger): Promise<pg.Client> {
  let writer = await connectWriter(databaseUrl)
  await installSchema(writer)
  for (let said = false; ; said = true) {
    try {
      if (await tryToLead(writer)) return writer
      if (!said) log.info('another engine leads on this database; standing by')
    } catch (error) {
      if (!isConnectionError(error)) throw error
      writer = await connectWriter(databaseUrl).catch(() => writer)
    }
    await sleep(STANDBY_PAUSE_MS)
  }
}

async function leadAgain(old: pg.Client, databaseUrl: string, epoch: number): Promise<pg.Client> {
  // A session that still lives still leads: only its last statement failed.
  if (await isAlive(old)) return old
  old.end().catch(() => undefined)
  const writer = await connectWriter(databaseUrl)
  try {
    const leads = await tryToLead(writer)
    if ((await currentEpoch(writer)) !== epoch) throw new LostLead('another engine has taken over')
    if (!leads) throw new Error('the old session still holds the lead')
    return writer
  } catch (error) {
    writer.end().catch(() => undefined)
    throw error
  }
}

async function isAlive(client: pg.Client): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}
