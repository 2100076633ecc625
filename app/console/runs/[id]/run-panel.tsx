import { ErrorView, shownError } from '@/app/_ui/error-view'
import { JsonView } from '@/app/_ui/json-view'
import { Panel } from '@/app/_ui/panel'
import type { RunView } from '@/lib/runs/get-run'
import { Attempts } from './step-panel'

/** The run as a whole: how it ended, the event that started it, and failed attempts at the code between its steps. */
export function RunPanel({ view, timeZone }: { view: RunView; timeZone: string }) {
  const { run, failedAttempts } = view
  const attempts = failedAttempts.filter(({ stepId }) => stepId === '')
  const events = run.events as { name: string; data: unknown }[]
  return (
    <Panel title="The run">
      {run.error ? <ErrorView error={shownError(run.error)} /> : null}
      {run.status === 'completed' ? <JsonView label="Output" value={run.output} /> : null}
      {attempts.length > 0 ? <Attempts attempts={attempts} timeZone={timeZone} /> : null}
      {events.length === 1 ? (
        <JsonView label={`Event ${run.eventName}`} value={events[0]?.data} />
      ) : (
        <JsonView label={`${events.length} events`} value={events} />
      )}
    </Panel>
  )
}
