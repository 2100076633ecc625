import type { Timers } from '../timers'
import type { Operation } from './lane'

/** An operation on its way through the lane, and who waits for it. */
export type Job = {
  operation: Operation<unknown>
  result?: unknown
  /** True once its sender has been told that it won't happen. */
  isWithdrawn: boolean
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/** The operation did not get its turn in time; nothing of it was written. */
export class LaneBusyError extends Error {
  override name = 'LaneBusyError'
}

/** A decision threw: that is a fault of the engine's own, and what it left in memory can't be trusted. */
export class UndecidedError extends Error {
  constructor(
    readonly job: Job,
    override readonly cause: unknown,
  ) {
    super('an operation could not be decided')
  }
}

/** Takes an operation back, with a LaneBusyError, when it is not done after so many real milliseconds. */
export function withdrawAfter(job: Job, ms: number, { after }: Timers): void {
  const { resolve, reject } = job
  const callOff = after(ms, () => {
    job.isWithdrawn = true
    reject(new LaneBusyError(`${job.operation.name} did not get its turn within ${ms} ms`))
  })
  job.resolve = (value) => {
    callOff()
    resolve(value)
  }
  job.reject = (error) => {
    callOff()
    reject(error)
  }
}
