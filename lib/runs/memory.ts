/** What this process has noted already and need not note again. It holds no truth: without it, more would be written. */
type Memory = { memosOf: Map<string, Set<string>>; functions: Set<string> }

const shared = globalThis as typeof globalThis & { backroomLedgerMemory?: Memory }
shared.backroomLedgerMemory ??= { memosOf: new Map(), functions: new Set() }
const memory: Memory = shared.backroomLedgerMemory

/** Runs whose memos are remembered; the longest known ones are forgotten first. */
const MOST_RUNS = 5_000

/** Whether this process sees a step's result in a run's memo for the first time. */
export function isFirstSightOfMemo(runId: string, stepId: string): boolean {
  const seen = memory.memosOf.get(runId) ?? new Set()
  if (seen.has(stepId)) return false
  seen.add(stepId)
  memory.memosOf.set(runId, seen)
  if (memory.memosOf.size > MOST_RUNS) {
    const [oldest] = memory.memosOf.keys()
    if (oldest !== undefined) memory.memosOf.delete(oldest)
  }
  return true
}

/** Whether this process hears the server's id of a function for the first time. */
export function isFirstSightOfFunction(serverId: string): boolean {
  if (memory.functions.has(serverId)) return false
  memory.functions.add(serverId)
  return true
}

/** Forgets it all; for tests, whose databases are new. */
export function forgetMemory(): void {
  memory.memosOf.clear()
  memory.functions.clear()
}
