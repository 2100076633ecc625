import { now } from '../clock'
import { keptValue } from './kept-value'
import type { Call, LedgerEvent } from './notes'

/** An event as the SDK or the server tells of it. */
export type TriggerEvent = { id?: string | undefined; name: string; data?: unknown; ts?: number | undefined }

/** What the ledger keeps of an event that triggered a run: what its sender gave, without the server's own additions. */
export function keptEvent({ id = '', name, data, ts = now().getTime() }: TriggerEvent): LedgerEvent {
  const { _inngest, ...own } = (data ?? {}) as Record<string, unknown>
  return { id, name, data: keptValue(own), ts }
}

/** Of an invoked run: the run and the step that have invoked it. */
export function parentOf({ name, data }: TriggerEvent): Call['parent'] {
  const correlationId = (data as { _inngest?: { correlation_id?: unknown } } | undefined)?._inngest?.correlation_id
  if (name !== 'inngest/function.invoked' || typeof correlationId !== 'string') return null
  const [runId = '', stepId = ''] = correlationId.split('.')
  return { runId, stepId }
}
