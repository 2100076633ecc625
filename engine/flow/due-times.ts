import TinyQueue from 'tinyqueue'

type Entry = { id: string; dueAt: number }

// Ids are made in order: of things that are due at the same instant, the older comes first.
const byDue = (a: Entry, b: Entry) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1)

/**
 * Things by the instant at which they come due. A thing that is put again, for another instant, leaves a stale entry
 * behind, which is skipped when its turn comes.
 */
export class DueTimes<T extends { id: string; dueAt: number }> {
  private readonly held = new Map<string, { thing: T; entry: Entry }>()
  private order = new TinyQueue<Entry>([], byDue)
  /** What came due while it was held back. Out of the order, or every look at what is due would go past it. */
  private aside: Entry[] = []

  /** @param isHeldBack true for what may not come due for now; when that changes, `release` looks again. */
  constructor(private readonly isHeldBack: (thing: T) => boolean = () => false) {}

  get(id: string): T | undefined {
    return this.held.get(id)?.thing
  }

  put(thing: T): void {
    const known = this.held.get(thing.id)
    if (known && known.thing.dueAt === thing.dueAt) {
      known.thing = thing
      return
    }
    const entry = { id: thing.id, dueAt: thing.dueAt }
    this.held.set(thing.id, { thing, entry })
    this.order.push(entry)
    // A key that is put off again and again would else fill the memory with what is stale.
    if (this.order.length > 2 * this.held.size + 100) this.rebuild()
  }

  remove(id: string): void {
    this.held.delete(id)
  }

  clear(): void {
    this.held.clear()
    this.rebuild()
  }

  /** Lets come due what was held back; whatever still is, is set aside again. */
  release(): void {
    for (const entry of this.aside.splice(0)) this.order.push(entry)
  }

  /** What has come due, earliest first, as long as `hasRoom` says so; it stays until it is removed. */
  upTo(now: number, hasRoom: (thing: T) => boolean = () => true): T[] {
    const due: T[] = []
    const entries: Entry[] = []
    for (let next = this.peek(); next && next.entry.dueAt <= now && hasRoom(next.thing); next = this.peek()) {
      this.order.pop()
      entries.push(next.entry)
      due.push(next.thing)
    }
    for (const entry of entries) this.order.push(entry)
    return due
  }

  nextAt(): number | undefined {
    return this.peek()?.entry.dueAt
  }

  private peek(): { thing: T; entry: Entry } | undefined {
    for (;;) {
      const next = this.order.peek()
      if (!next) return undefined
      const held = this.held.get(next.id)
      const isStale = held?.entry !== next
      if (!isStale && !this.isHeldBack(held.thing)) return held
      this.order.pop()
      if (!isStale) this.aside.push(next)
    }
  }

  private rebuild(): void {
    this.aside = []
    this.order = new TinyQueue(
      [...this.held.values()].map(({ entry }) => entry),
      byDue,
    )
  }
}
