import type { Run } from '../model/run'

/** Beyond these, runs leave memory; they are read again when they go on. */
const MOST_RUNS = 20_000
const MOST_BYTES = 256 * 1024 * 1024

/** Whole runs in memory, least recently used first. The only engine that writes may trust what it holds. */
export class RunCache {
  private readonly runs = new Map<string, { run: Run; bytes: number }>()
  private bytes = 0
  /** How often all of it was forgotten. */
  clears = 0

  get(id: string): Run | undefined {
    const held = this.runs.get(id)
    if (!held) return undefined
    this.runs.delete(id)
    this.runs.set(id, held)
    return held.run
  }

  put(run: Run): void {
    this.drop(run.id)
    const bytes = sizeOf(run)
    this.runs.set(run.id, { run, bytes })
    this.bytes += bytes
  }

  drop(id: string): void {
    this.bytes -= this.runs.get(id)?.bytes ?? 0
    this.runs.delete(id)
  }

  clear(): void {
    this.runs.clear()
    this.bytes = 0
    this.clears++
  }

  get isFull(): boolean {
    return this.runs.size > MOST_RUNS || this.bytes > MOST_BYTES
  }

  /**
   * Lets go what is too much; called between commits, when every run in memory is just as it is stored.
   * @param first those that go before all others, which go by age.
   */
  trim(first: string[]): void {
    for (const ids of [first, this.runs.keys()])
      for (const id of ids) {
        if (!this.isFull) return
        this.drop(id)
      }
  }
}

function sizeOf(run: Run): number {
  let bytes = 500
  for (const event of run.events) bytes += event.body.length
  for (const step of run.steps.values()) bytes += 200 + (step.memo?.length ?? 0)
  return bytes
}
