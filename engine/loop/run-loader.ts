import type { Run } from '../model/run'
import type { RunCache } from './run-cache'

/**
 * Reads runs into memory. What is asked for in one turn of the event loop is read together: with a backlog that is
 * longer than the cache, every run is read when its call is handed out, and a hundred calls go out at once. A run is
 * read by one reader at a time, or a slow one could put back what the run was before a quicker one's decision.
 */
export class RunLoader {
  private readonly reading = new Map<string, Promise<void>>()
  private asked: string[] = []
  private next: Promise<void> | undefined

  constructor(
    private readonly cache: RunCache,
    private readonly read: (ids: string[]) => Promise<Run[]>,
  ) {}

  /** Resolves when each of these runs is in memory that there is. */
  async load(ids: string[]): Promise<void> {
    const missing = ids.filter((id) => !this.cache.get(id))
    if (missing.length > 0) await Promise.all(missing.map((id) => this.reading.get(id) ?? this.ask(id)))
  }

  private ask(id: string): Promise<void> {
    this.next ??= Promise.resolve().then(() => this.readAsked())
    this.asked.push(id)
    this.reading.set(id, this.next)
    return this.next
  }

  private async readAsked(): Promise<void> {
    const ids = this.asked
    this.asked = []
    this.next = undefined
    try {
      await this.bringIn(ids)
    } finally {
      for (const id of ids) this.reading.delete(id)
    }
  }

  private async bringIn(ids: string[]): Promise<void> {
    const { clears } = this.cache
    const runs = await this.read(ids)
    // Memory was read anew meanwhile: this is older.
    if (this.cache.clears !== clears) return this.bringIn(ids)
    for (const run of runs) if (!this.cache.get(run.id)) this.cache.put(run)
  }
}
