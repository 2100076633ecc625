import { eventType } from 'inngest'
import { z } from 'zod'
import { ownFunctionId } from '@/lib/app-id'

const received = z.object({
  id: z.string().optional(),
  name: z.string(),
  data: z.unknown().optional(),
  ts: z.number().optional(),
})

const runEnded = z.object({
  function_id: z.string(),
  run_id: z.string(),
  // A cancelled run has none.
  error: z.unknown().optional(),
  event: received.optional(),
  events: z.array(received).optional(),
})

/** What the server tells when a run has failed for good, or was cancelled; the app itself can't see the latter. */
export const functionFailed = eventType('inngest/function.failed', { schema: runEnded })
export const functionCancelled = eventType('inngest/function.cancelled', { schema: runEnded })

type RunEnded = { data: z.infer<typeof runEnded>; ts?: number }

/** A run's end, read from the server's event about it; our own id of the function is without the app's name before it. */
export function readRunEnd(appId: string, { data, ts }: RunEnded, at: Date) {
  const { function_id, run_id, error, event, events } = data
  return {
    runId: run_id,
    functionId: ownFunctionId(function_id, appId),
    endedAt: ts ? new Date(ts) : at,
    events: events?.length ? events : event ? [event] : [],
    error,
  }
}
