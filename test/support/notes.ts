import type { Call, Note } from '@/lib/runs/notes'

/** The first call of a run that nothing else is known of. */
export function callOf(runId: string, change: Partial<Call> = {}): Call {
  const ts = Date.parse('2026-01-01T00:00:00Z')
  return {
    runId,
    functionId: 'send-email',
    attempt: 0,
    calledAt: new Date(ts + 100),
    events: [{ id: `event-of-${runId}`, name: 'email/requested', data: {}, ts }],
    record: null,
    parent: null,
    ...change,
  }
}

export function called(runId: string, change: Partial<Call> = {}): Note & { kind: 'called' } {
  return { kind: 'called', call: callOf(runId, change) }
}
