import type pg from 'pg'
import type { Logger } from 'pino'
import { type EngineClock, engineClock, steadyNow } from './clock'
import type { Draft } from './execution/draft'
import { httpTransport, type Transport } from './execution/transport'
import { BulkCancel } from './loop/bulk-cancel'
import { Caller } from './loop/caller'
import { Dispatcher } from './loop/dispatcher'
import { Heartbeat } from './loop/heartbeat'
import { Lane } from './loop/lane'
import { type Lead, LostLead, leadAgain } from './loop/lead'
import { LEASE, type Lease } from './loop/lease'
import { skippedToLatest } from './loop/operations/cron-operations'
import { refilled } from './loop/operations/refill'
import { takeInRaised } from './loop/operations/take-in'
import { restore } from './loop/restore'
import { World } from './loop/world'
import { Metrics } from './metrics'
import { transportWaitMs } from './model/backoff'
import { newId } from './model/ids'
import { type Connect, realConnections } from './store/connect'
import { newestCommit } from './store/leadership'
import { readMeta } from './store/read'
import { realTimers, sleep, type Timers } from './timers'

const READERS = 8

export type EngineOptions = {
  databaseUrl: string
  log: Logger
  signingKey: string
  /** Calls under way at once, at most. */
  mostCalls?: number
  /** Real time in milliseconds, and the chance of jitter: 0 up to 1. */
  realNow?: () => number
  /** Real milliseconds that only go forward. */
  steadyNow?: () => number
  random?: () => number
  timers?: Timers
  /** How sessions with the database are opened; real ones where it is not given. */
  connect?: Connect
  /** How calls reach the app; real sockets where none is given. */
  transport?: Transport
  /** Real milliseconds to wait after so many transport failures in a row. */
  transportWaitMs?: (failuresInARow: number) => number
  /** The time limits of the lead. */
  lease?: Lease
  /** Called when another engine has taken over, or when the engine can't go on. */
  onLost?: (reason: string) => void
}

/** The parts of an engine that leads, put together. */
export class Core {
  readonly clock: EngineClock
  readonly world: World
  readonly lane: Lane
  readonly heartbeat: Heartbeat
  readonly caller: Caller
  readonly dispatcher: Dispatcher
  readonly bulkCancel: BulkCancel
  readonly transport: Transport
  readonly metrics = new Metrics()
  readonly timers: Timers
  private readonly connect: Connect
  private readonly ownTransport: ReturnType<typeof httpTransport> | undefined
  readonly epoch: number
  private writer: pg.Client
  private isStopping = false
  private isRefilling = false

  constructor(
    private readonly options: EngineOptions,
    { writer, epoch }: Lead,
  ) {
    this.writer = this.watched(writer)
    this.epoch = epoch
    const { log, signingKey, random = Math.random, mostCalls = 100 } = options
    this.timers = options.timers ?? realTimers
    this.connect = options.connect ?? realConnections
    this.clock = engineClock(options.realNow)
    const { clock, timers } = this
    this.ownTransport = options.transport ? undefined : httpTransport()
    this.transport = options.transport ?? (this.ownTransport as ReturnType<typeof httpTransport>).transport
    this.world = new World(this.connect.readers(options.databaseUrl, READERS))
    const { world, transport } = this
    this.lane = new Lane({
      world,
      log,
      timers,
      epoch,
      writer: () => this.writer,
      moment: () => ({ now: clock.now(), realNow: clock.realNow(), random }),
      isUnderWay: (itemId) => this.dispatcher.isUnderWay(itemId),
      takeIn: (pass) => takeInRaised(world, pass),
      committed: (drafts) => this.noteCommit(drafts),
      recover: (error) => this.recover(error),
    })
    const { lane } = this
    this.bulkCancel = new BulkCancel({ world, lane, log, timers })
    this.heartbeat = new Heartbeat({
      ...{ lane, epoch, log, timers, realNow: clock.realNow },
      lease: options.lease ?? LEASE,
      steadyNow: options.steadyNow ?? steadyNow,
    })
    this.caller = new Caller({
      ...{ world, lane, clock, timers, transport, signingKey, log, heartbeat: this.heartbeat, metrics: this.metrics },
      transportWaitMs: options.transportWaitMs ?? transportWaitMs,
      dispatcher: () => this.dispatcher,
    })
    this.dispatcher = new Dispatcher({
      ...{ world, lane, clock, timers, log, mostCalls },
      newRequestId: () => newId(clock.realNow()),
      call: (call) => void this.caller.work(call),
      refill: () => this.refill(),
    })
  }

  /** Brings what is due into memory, with all that an engine before this one left half done, and begins to call. */
  async wake(): Promise<void> {
    const { world, lane, dispatcher, clock, heartbeat } = this
    void heartbeat.start()
    clock.offsetMs = Number((await readMeta(world.readers, 'clock_offset_ms')) ?? 0)
    await restore(world, dispatcher, this.options.log)
    await lane.submit(skippedToLatest(world, clock.now()))
    await lane.submit(refilled(world, dispatcher, () => clock.now()))
    this.metrics.tookOver(dispatcher.queue.dueItems(clock.now()).length)
    dispatcher.start()
    this.bulkCancel.resume()
  }

  /** Takes no new work, lets calls under way end up to a limit (real milliseconds), and leaves the lead. */
  async stop(limitMs: number): Promise<void> {
    const { dispatcher, caller, clock, lane, world } = this
    dispatcher.stop()
    caller.stop()
    this.bulkCancel.stop()
    const deadline = clock.realNow() + limitMs
    const isCalling = () => [...dispatcher.calls.values()].some((call) => call.state === 'calling')
    while (isCalling() && clock.realNow() < deadline) await sleep(this.timers, 10)
    this.isStopping = true
    this.heartbeat.stop()
    await lane.stop()
    await this.ownTransport?.close()
    await Promise.allSettled([this.writer.end(), world.readers.end()])
  }

  /** With its session the lead is gone, and another engine may have it at once: no call goes out until that is known. */
  private watched(writer: pg.Client): pg.Client {
    return writer.once('end', () => {
      if (this.writer === writer) this.heartbeat.doubt()
    })
  }

  /** Hands out nothing more and shows no sign of life. */
  private rest(): void {
    this.dispatcher.stop()
    this.caller.stop()
    this.bulkCancel.stop()
    this.heartbeat.stop()
  }

  private noteCommit(drafts: Draft[]): void {
    const { world, dispatcher, metrics } = this
    metrics.committed(drafts.length)
    for (const { dropped, queued, addedWaits, droppedWaits, created, ended } of drafts) {
      for (const _ of created) metrics.ran('created')
      for (const status of ended) metrics.ran(status)
      for (const id of dropped) dispatcher.queue.drop(id)
      for (const item of queued) if (world.runs.get(item.runId)?.items.has(item.id)) dispatcher.add(item)
      for (const wait of addedWaits) world.countWait(wait, 1)
      for (const wait of droppedWaits) world.countWait(wait, -1)
    }
    // Once for the whole commit: new work, and the places that its answers have freed.
    dispatcher.pump()
  }

  private refill(): void {
    if (this.isRefilling) return
    this.isRefilling = true
    const { lane, world, dispatcher, clock } = this
    lane
      .submit(refilled(world, dispatcher, () => clock.now()))
      .catch((error) => this.options.log.error({ err: error }, 'due items could not be read'))
      .finally(() => {
        this.isRefilling = false
      })
  }

  /** After a lost connection: leads again, unless another engine does by now, and reads everything anew. */
  private async recover(error: unknown): Promise<string | undefined> {
    const { log, databaseUrl, onLost } = this.options
    log.warn({ err: error }, 'the database was lost; trying again')
    for (let wait = 50; ; wait = Math.min(wait * 2, 2_000)) {
      if (this.isStopping) throw error
      try {
        this.writer = this.watched(await leadAgain(this.writer, { databaseUrl, connect: this.connect }, this.epoch))
        await restore(this.world, this.dispatcher, log)
        const newest = await newestCommit(this.world.readers)
        this.refill()
        return newest
      } catch (problem) {
        if (problem instanceof LostLead) {
          this.rest()
          onLost?.(problem.message)
          throw problem
        }
        await sleep(this.timers, wait)
      }
    }
  }
}
