import type { FlowControl } from '../model/flow-control'
import type { Batch } from '../model/start'
import { DueTimes } from './due-times'
import { holds, type Scope } from './expression'

/** No batch holds more than this, whatever its function asks for. */
export const MAX_BATCH_BYTES = 10 * 1024 * 1024

type BatchOption = NonNullable<FlowControl['batchEvents']>

/** Whether an event is gathered at all: one for which `if` does not hold, or can't be worked out, starts a run alone. */
export function isGathered(option: BatchOption, scope: Scope): boolean {
  return option.if === undefined || holds(option.if, scope)
}

/** Whether an event of so many bytes still fits: a batch that would grow over 10 MB starts without it. */
export function fits(batch: Batch, bytes: number, { maxSize }: BatchOption, now: number): boolean {
  return batch.dueAt > now && batch.size < maxSize && batch.bytes + bytes <= MAX_BATCH_BYTES
}

/** The batch with one more event. It is due at once when that makes it full. */
export function joined(batch: Batch, bytes: number, { maxSize }: BatchOption, now: number): Batch {
  const grown = { ...batch, size: batch.size + 1, bytes: batch.bytes + bytes }
  const isFull = grown.size >= maxSize || grown.bytes >= MAX_BATCH_BYTES
  return isFull ? { ...grown, dueAt: Math.min(now, batch.dueAt) } : grown
}

/** The batches that have not started: of each function and key one at most takes events. */
export class Batches {
  private readonly open = new Map<string, string>()
  private readonly due: DueTimes<Batch>

  /** @param isHeldBack whether a function starts nothing for now. */
  constructor(isHeldBack: (functionId: string) => boolean = () => false) {
    this.due = new DueTimes(({ functionId }) => isHeldBack(functionId))
  }

  openFor(functionId: string, key: string): Batch | undefined {
    const id = this.open.get(`${functionId} ${key}`)
    return id === undefined ? undefined : this.due.get(id)
  }

  get(id: string): Batch | undefined {
    return this.due.get(id)
  }

  put(batch: Batch): void {
    this.due.put(batch)
    this.open.set(`${batch.functionId} ${batch.key}`, batch.id)
  }

  /** From now on it takes no events. */
  close({ id, functionId, key }: Batch): void {
    const place = `${functionId} ${key}`
    if (this.open.get(place) === id) this.open.delete(place)
  }

  remove(batch: Batch): void {
    this.close(batch)
    this.due.remove(batch.id)
  }

  /** Those that are due, as many as are well brought into memory at once. */
  upTo(now: number, mostBytes: number): Batch[] {
    let bytes = 0
    return this.due.upTo(now, (batch) => {
      bytes += batch.bytes
      return bytes === batch.bytes || bytes <= mostBytes
    })
  }

  nextAt(): number | undefined {
    return this.due.nextAt()
  }

  /** Lets come due what was held back. */
  release(): void {
    this.due.release()
  }

  clear(): void {
    this.open.clear()
    this.due.clear()
  }
}
