import TinyQueue from 'tinyqueue'
import type { QueuedItem } from '../model/run'
import { fairTurns } from './turns'

/** So far ahead items are held in memory; what is due later stays in its table. */
export const HORIZON_MS = 60_000

/** Whether an item is a call to the app, or out; the others are timers. */
export const isCall = ({ kind }: QueuedItem) => kind === 'discovery' || kind === 'step' || kind === 'fetch'
const byDue = (a: QueuedItem, b: QueuedItem) => a.dueAt - b.dueAt

/**
 * The due part of the item table, in memory. An item stands in one of three places: timed (due later), ready, or
 * parked under a key (of concurrency, or of a throttle) that has no room. A change of an item makes a new entry; the
 * older one is stale, and is skipped when its turn comes. What is ready, and what waits under one key, is taken in turns.
 */
export class Queue {
  private readonly newest = new Map<string, QueuedItem>()
  private timed = new TinyQueue<QueuedItem>([], byDue)
  private ready = fairTurns()
  private readonly parked = new Map<string, ReturnType<typeof fairTurns>>()
  /** The key for whose free place an item was woken. */
  private readonly wokenFor = new WeakMap<QueuedItem, string>()
  /** Items due up to here are in memory; engine time. */
  horizon = Number.NEGATIVE_INFINITY

  get size(): number {
    return this.newest.size
  }

  add(item: QueuedItem): void {
    if (item.dueAt > this.horizon) return void this.newest.delete(item.id)
    this.newest.set(item.id, item)
    this.timed.push(item)
  }

  drop(itemId: string): void {
    this.newest.delete(itemId)
  }

  clear(): void {
    this.newest.clear()
    this.parked.clear()
    this.timed = new TinyQueue<QueuedItem>([], byDue)
    this.ready = fairTurns()
    this.horizon = Number.NEGATIVE_INFINITY
  }

  /** Moves what has come due on: calls become ready, and timers are answered, to be fired at once. */
  ripen(now: number): QueuedItem[] {
    const timers: QueuedItem[] = []
    for (let item = this.timed.peek(); item && item.dueAt <= now; item = this.timed.peek()) {
      this.timed.pop()
      if (!this.isNewest(item)) continue
      if (isCall(item)) this.ready.push(item)
      else {
        this.newest.delete(item.id)
        timers.push(item)
      }
    }
    return timers
  }

  /** The next call whose time has come, each function and key in turn, best score first; it leaves the queue. */
  take(): QueuedItem | undefined {
    for (let item = this.ready.pop(); item; item = this.ready.pop()) {
      if (this.isNewest(item)) {
        this.newest.delete(item.id)
        return item
      }
      this.passOn(item)
    }
    return undefined
  }

  /** Puts an item aside until a place under this key comes free. */
  park(item: QueuedItem, key: string): void {
    this.newest.set(item.id, item)
    const waiting = this.parked.get(key) ?? fairTurns()
    waiting.push(item)
    this.parked.set(key, waiting)
  }

  /** A place under this key is free: the best one that waits for it is ready again. */
  unpark(key: string): void {
    const waiting = this.parked.get(key)
    if (!waiting) return
    let item = waiting.pop()
    while (item && !this.isNewest(item)) item = waiting.pop()
    if (waiting.length === 0) this.parked.delete(key)
    if (!item) return
    this.wokenFor.set(item, key)
    this.ready.push(item)
  }

  /** All that waits under a key has a try: limits have changed. */
  unparkAll(): void {
    for (const waiting of this.parked.values())
      for (let item = waiting.pop(); item; item = waiting.pop()) if (this.isNewest(item)) this.ready.push(item)
    this.parked.clear()
  }

  /** When the next timed item comes due; undefined when none is held. */
  nextDueAt(): number | undefined {
    for (;;) {
      const item = this.timed.peek()
      if (!item || this.isNewest(item)) return item?.dueAt
      this.timed.pop()
    }
  }

  /** Items that are due and not yet taken: ready, or parked. */
  dueItems(now: number): QueuedItem[] {
    return [...this.newest.values()].filter((item) => item.dueAt <= now)
  }

  /** It may have been woken for a place that it doesn't need any more: the next one that waits has a try instead. */
  private passOn(item: QueuedItem): void {
    const key = this.wokenFor.get(item)
    if (key !== undefined) this.unpark(key)
  }

  private isNewest(item: QueuedItem): boolean {
    return this.newest.get(item.id) === item
  }
}
