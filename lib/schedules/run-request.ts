import { type EventData, eventSchemas } from '../events'

/** A request to run a schedule's function now. */
export type RunRequest = EventData<'schedule/run-requested'>

/** The request that a run was started by; null for a tick of its cron, which brings none. */
export function readRunRequest(data: unknown): RunRequest | null {
  const parsed = eventSchemas['schedule/run-requested'].safeParse(data)
  return parsed.success ? parsed.data : null
}
