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
      if (held?.entry === next) return held
      this.order.pop()
    }
  }

  private rebuild(): void {
    this.order = new TinyQueue(
      [...this.held.values()].map(({ entry }) => entry),
      byDue,
    )
  }
}
