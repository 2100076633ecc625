import type { Logger } from 'pino'
import type { EngineClock } from '../clock'
import { limitsNow, Slots } from '../flow/concurrency'
import type { ThrottleGate } from '../flow/throttle-gate'
import type { Standing } from '../metrics'
import type { QueuedItem, SpentStart } from '../model/run'
import type { Timers } from '../timers'
import { DueStarts } from './due-starts'
import type { Lane } from './lane'
import { cronTicked } from './operations/cron-operations'
import { timerFired } from './operations/run-operations'
import { isCall, Queue } from './queue'
import type { World } from './world'

/** An item that the app works on (`calling`), has answered (`answered`), or that waits for an app that is `away`. */
export type Call = {
  item: QueuedItem
  requestId: string
  /** What it takes a place under. */
  keys: string[]
  state: 'calling' | 'answered' | 'away'
  /** Its app was told to stop: what it answers counts for nothing, and the call is made again. */
  isVoid?: true
  /** The start that this call spent of its function's throttle, if it has one. */
  throttle?: SpentStart
}

export type DispatcherParts = {
  world: World
  lane: Lane
  clock: EngineClock
  log: Logger
  timers: Timers
  mostCalls: number
  newRequestId: () => string
  /** Works on one item; must call `end` once it is done with it. */
  call: (call: Call) => void
  /** Brings more of the item table into memory. */
  refill: () => void
}

/** A timer never sleeps longer than this, so that a jump of the machine's clock is noticed. */
const LONGEST_NAP_MS = 1_000

/**
 * Hands out what is due: timers to the lane, calls to the app, within the limits of flow control. Everything that
 * makes work or frees a place calls `pump`; nothing polls.
 */
export class Dispatcher {
  readonly queue = new Queue()
  readonly calls = new Map<string, Call>()
  private readonly slots = new Slots()
  private readonly ticking = new Set<string>()
  private syncs = 0
  private callOffPump = () => {}
  private isStopped = true
  private readonly starts: DueStarts

  constructor(private readonly parts: DispatcherParts) {
    this.starts = new DueStarts({ ...parts, done: () => this.pump() })
  }

  start(): void {
    this.isStopped = false
    this.pump()
  }

  /** Hands out nothing more; calls under way go on. */
  stop(): void {
    this.isStopped = true
    this.callOffPump()
  }

  isUnderWay(itemId: string): boolean {
    return this.calls.get(itemId)?.state === 'calling'
  }

  /** Takes an item that was just committed. One that is being called keeps its call; it comes back when that ends. */
  add(item: QueuedItem): void {
    if (!this.calls.has(item.id)) this.queue.add(item)
  }

  /** One pass over all that is due. */
  pump(): void {
    if (this.isStopped) return
    const now = this.parts.clock.now()
    if (this.syncs !== this.parts.world.syncs) this.takeOverLimits()
    for (const key of this.throttles.takeWakes(now)) this.queue.unpark(key)
    for (const timer of this.queue.ripen(now)) this.fire(timer)
    while (this.calls.size < this.parts.mostCalls) {
      const item = this.queue.take()
      if (!item) break
      this.serve(item, now)
    }
    this.tick(now)
    this.starts.pump(now)
    if (this.queue.horizon - now < 30_000) this.parts.refill()
    this.sleepUntilNext(now)
  }

  /** A call is over: its places go to those that wait for them. */
  end(call: Call): void {
    if (this.calls.get(call.item.id) !== call) return
    this.calls.delete(call.item.id)
    if (call.state !== 'away') this.free(call)
  }

  /** The app can't be reached: the call keeps its item, and gives its places back meanwhile. */
  setAside(call: Call): void {
    if (call.state === 'away') return
    call.state = 'away'
    this.free(call)
    this.pump()
  }

  /** The earliest instant at which something held in memory comes due. */
  nextDueAt(): number | undefined {
    const crons = [...this.parts.world.crons.values()].map((cron) => cron.nextAt)
    const instants = [this.queue.nextDueAt(), this.throttles.nextWakeAt(), this.starts.nextAt(), ...crons]
    const known = instants.filter((at): at is number => at !== undefined)
    return known.length > 0 ? Math.min(...known) : undefined
  }

  /** What is due and not done, by function; for the clock, which moves on only when nothing is. */
  unsettled(now: number): string[] {
    const parked = this.queue.dueItems(now).filter((item) => !this.waitsForThrottle(item) && !this.isHeldBack(item))
    const names = [...this.calls.values()]
      .map(({ item }) => item.functionId)
      .concat(parked.map((item) => item.functionId))
    const crons = [...this.parts.world.crons.values()]
      .filter((cron) => cron.nextAt <= now)
      .map((cron) => cron.functionId)
    return [...new Set([...names, ...crons, ...this.starts.unsettled(now)])]
  }

  private get throttles(): ThrottleGate {
    return this.parts.world.flow.throttles
  }

  /** Functions have changed: what is under way counts under their limits of now, and what waits has a try. */
  private takeOverLimits(): void {
    this.syncs = this.parts.world.syncs
    for (const call of this.calls.values()) {
      if (call.state === 'away') continue
      this.slots.give(call.keys)
      call.keys = this.limitsFor(call.item).keys
      this.slots.take(call.keys)
    }
    this.queue.unparkAll()
  }

  /** How much there is to do, and how much of it is under way. */
  standing(now: number): Omit<Standing, 'activeRuns'> {
    const ripe = this.queue.dueItems(now)
    const due = ripe.filter((item) => !this.isHeldBack(item))
    const calls = [...this.calls.values()]
    const away = calls.filter((call) => call.state === 'away')
    const waiting = [...due, ...away.map((call) => call.item)]
    const oldest = waiting.reduce((least, item) => Math.min(least, item.dueAt), now)
    return {
      due: due.length,
      later: this.queue.size - ripe.length,
      held: ripe.length - due.length,
      calling: calls.length - away.length,
      away: away.length,
      oldestDueMs: now - oldest,
    }
  }

  private waitsForThrottle(item: QueuedItem): boolean {
    return item.throttleKey !== null && this.throttles.isWaitedFor(item.throttleKey)
  }

  private isHeldBack(item: QueuedItem): boolean {
    return isCall(item) && this.parts.world.isHeldBack(item.functionId)
  }

  private serve(item: QueuedItem, now: number): void {
    const { keys, limits } = this.limitsFor(item)
    // Until the function is let go again, when all that is parked has a try.
    if (this.isHeldBack(item)) return this.park(item, `held ${item.functionId}`, keys, limits)
    const full = this.slots.firstFull(keys, limits)
    if (full) return this.park(item, full, keys, limits)
    const throttle = this.enterThrottle(item, now)
    if (throttle === 'wait') {
      // The place that it may not use yet is for the next one.
      for (const key of keys) this.queue.unpark(key)
      return
    }
    const requestId = this.parts.newRequestId()
    const call: Call = { item, requestId, keys, state: 'calling', ...(throttle ? { throttle } : {}) }
    this.calls.set(item.id, call)
    this.slots.take(keys)
    this.parts.call(call)
  }

  private enterThrottle(item: QueuedItem, now: number): SpentStart | 'wait' | undefined {
    const throttle = this.parts.world.functions.get(item.functionId)?.config.throttle
    if (!throttle || item.throttleKey === null) return undefined
    if (item.spent) return item.spent
    const arrivalAt = this.throttles.enter(item.throttleKey, throttle, now)
    if (arrivalAt !== undefined) {
      // Others wait under this key: the next of them sets the next waking time.
      this.queue.unpark(item.throttleKey)
      return { key: item.throttleKey, arrivalAt }
    }
    this.queue.park(item, item.throttleKey)
    return 'wait'
  }

  private park(item: QueuedItem, full: string, keys: string[], limits: number[]): void {
    this.queue.park(item, full)
    // It may have been woken by another of its keys, or by its throttle: the next one there has a try instead. Keys
    // that are full themselves are left alone, or two items could wake each other for ever.
    for (const [i, key] of keys.entries()) if (!this.slots.firstFull([key], [limits[i] ?? 0])) this.queue.unpark(key)
    if (item.throttleKey !== null) this.queue.unpark(item.throttleKey)
  }

  private fire(item: QueuedItem): void {
    const { lane, world, log } = this.parts
    lane
      .submit(timerFired(world, item))
      .catch((error) => log.error({ err: error, runId: item.runId }, 'a timer failed'))
  }

  private tick(now: number): void {
    const { lane, world, log } = this.parts
    for (const [key, cron] of world.crons) {
      if (cron.nextAt > now || this.ticking.has(key)) continue
      this.ticking.add(key)
      lane
        .submit(cronTicked(world, cron))
        .catch((error) => log.error({ err: error, functionId: cron.functionId }, 'a schedule failed'))
        .finally(() => {
          this.ticking.delete(key)
          this.pump()
        })
    }
  }

  private free({ keys }: Call): void {
    this.slots.give(keys)
    for (const key of keys) this.queue.unpark(key)
  }

  /** One replay of a run at a time: two at once would find, and start, the same steps. */
  private limitsFor(item: QueuedItem): { keys: string[]; limits: number[] } {
    const fn = this.parts.world.functions.get(item.functionId)
    const found = fn
      ? limitsNow(fn, item.limitKeys)
      : { keys: [...item.limitKeys], limits: item.limitKeys.map(() => 0) }
    if (item.kind === 'discovery') {
      found.keys.push(`run ${item.runId}`)
      found.limits.push(1)
    }
    return found
  }

  private sleepUntilNext(now: number): void {
    this.callOffPump()
    const next = this.nextDueAt()
    const nap = next === undefined ? LONGEST_NAP_MS : Math.min(Math.max(next - now, 0), LONGEST_NAP_MS)
    this.callOffPump = this.parts.timers.after(nap, () => this.pump())
  }
}
