import TinyQueue from 'tinyqueue'
import type { QueuedItem } from '../model/run'

/** So far ahead items are held in memory; what is due later stays in its table. */
export const HORIZON_MS = 60_000

const isCall = ({ kind }: QueuedItem) => kind === 'discovery' || kind === 'step' || kind === 'fetch'
const byDue = (a: QueuedItem, b: QueuedItem) => a.dueAt - b.dueAt
const byScore = (a: QueuedItem, b: QueuedItem) => a.score - b.score || (a.id < b.id ? -1 : 1)

/**
 * The due part of the item table, in memory. An item stands in one of three places: timed (due later), ready, or
 * parked under a concurrency key that is full. A change of an item makes a new entry; the older one is stale, and is
 * skipped when its turn comes.
 */
export class Queue {
  private readonly newest = new Map<string, QueuedItem>()
  private timed = new TinyQueue<QueuedItem>([], byDue)
  private ready = new TinyQueue<QueuedItem>([], byScore)
  private readonly parked = new Map<string, TinyQueue<QueuedItem>>()
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
    this.ready = new TinyQueue<QueuedItem>([], byScore)
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

  /** The next call whose time has come, best score first; it leaves the queue. */
  take(): QueuedItem | undefined {
    for (;;) {
      const item = this.ready.pop()
      if (!item || this.isNewest(item)) {
        if (item) this.newest.delete(item.id)
        return item
      }
    }
  }

  /** Puts an item aside until a place under this key comes free. */
  park(item: QueuedItem, key: string): void {
    this.newest.set(item.id, item)
    const waiting = this.parked.get(key) ?? new TinyQueue<QueuedItem>([], byScore)
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
    if (item) this.ready.push(item)
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

  private isNewest(item: QueuedItem): boolean {
    return this.newest.get(item.id) === item
  }
}
