import type { FunctionConfig } from '../model/function'

/**
 * When a run is cancelled that has not begun by then: so long after it may start, which is at its creation, or at the
 * `ts` of an event of the future. undefined where its function has no start timeout. All in milliseconds.
 */
export function startTimeoutAt({ timeouts }: FunctionConfig, startAt: number): number | undefined {
  return timeouts?.start === undefined ? undefined : startAt + timeouts.start
}

/**
 * When a run is cancelled that has not ended by then: so long after its first call, however long it had waited for that.
 * undefined where its function has no finish timeout.
 */
export function finishTimeoutAt({ timeouts }: FunctionConfig, startedAt: number): number | undefined {
  return timeouts?.finish === undefined ? undefined : startedAt + timeouts.finish
}
