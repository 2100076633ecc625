import type { RunStatus } from '../db/generated/client'

/** Every status of a run, in the order in which a run may go through them. */
export const runStatuses = [
  'queued',
  'running',
  'sleeping',
  'waiting',
  'retrying',
  'completed',
  'failed',
  'cancelled',
] as const satisfies readonly RunStatus[]

const ended: readonly RunStatus[] = ['completed', 'failed', 'cancelled']

/** Those of a run that has not ended. */
export const openStatuses: readonly RunStatus[] = runStatuses.filter((status) => !ended.includes(status))

export function hasEnded(status: RunStatus): boolean {
  return ended.includes(status)
}

/** Whether work has been given up: each of the runs that were to do it has failed, or was cancelled. */
export function isGivenUp(runs: readonly { status: RunStatus }[]): boolean {
  return runs.length > 0 && runs.every(({ status }) => status === 'failed' || status === 'cancelled')
}

/** Why nothing more can be done to a run: in what way it has ended since it was looked at. */
export function endedMeanwhile(status: string): string {
  return `This run has ${status === 'cancelled' ? 'been cancelled' : status} meanwhile.`
}
