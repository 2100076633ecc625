import type { Invoker } from '../model/run'
import type { PendingStart } from '../model/start'
import { DueTimes } from './due-times'

/** The starts that are yet to be made. */
export class PendingStarts {
  private readonly due: DueTimes<PendingStart>
  private readonly debounced = new Map<string, string>()
  private readonly deferred = new Map<string, number>()

  /** @param isHeldBack whether a function starts nothing for now; a run that waits for a refusal hears it all the same. */
  constructor(isHeldBack: (functionId: string) => boolean = () => false) {
    this.due = new DueTimes(({ kind, functionId }) => kind !== 'refusal' && isHeldBack(functionId))
  }

  get(id: string): PendingStart | undefined {
    return this.due.get(id)
  }

  debouncedFor(functionId: string, key: string): PendingStart | undefined {
    const id = this.debounced.get(`${functionId} ${key}`)
    return id === undefined ? undefined : this.due.get(id)
  }

  /** Whether a start of the singleton with this key waits: what comes after it waits behind it. */
  isDeferred(singletonKey: string): boolean {
    return this.deferred.has(singletonKey)
  }

  put(start: PendingStart): void {
    const isNew = !this.due.get(start.id)
    this.due.put(start)
    if (start.kind === 'debounce') this.debounced.set(`${start.functionId} ${start.key}`, start.id)
    if (start.kind === 'singleton' && isNew) this.deferred.set(start.key, (this.deferred.get(start.key) ?? 0) + 1)
  }

  remove({ id, kind, functionId, key }: PendingStart): void {
    this.due.remove(id)
    const place = `${functionId} ${key}`
    if (this.debounced.get(place) === id) this.debounced.delete(place)
    if (kind !== 'singleton') return
    const left = (this.deferred.get(key) ?? 1) - 1
    if (left > 0) this.deferred.set(key, left)
    else this.deferred.delete(key)
  }

  /** Those that are due, so many at most. */
  upTo(now: number, most: number): PendingStart[] {
    let count = 0
    return this.due.upTo(now, () => count++ < most)
  }

  nextAt(): number | undefined {
    return this.due.nextAt()
  }

  /** Lets come due what was held back. */
  release(): void {
    this.due.release()
  }

  clear(): void {
    this.due.clear()
    this.debounced.clear()
    this.deferred.clear()
  }
}

/** The run that waits for this start, if it was invoked. */
export function invokerOfStart({ parentRunId, parentStepId }: PendingStart): Invoker | undefined {
  return parentRunId && parentStepId ? { runId: parentRunId, stepId: parentStepId } : undefined
}
