import { ErrorView, shownError } from '@/app/_ui/error-view'
import { JsonView } from '@/app/_ui/json-view'
import { Panel } from '@/app/_ui/panel'
import type { RunView } from '@/lib/runs/get-run'
import { Attempts } from './step-panel'

/** The run as a whole: how it ended, the event that started it, and failed attempts at the code between its steps. */
export function RunPanel({ view, timeZone }: { view: RunView; timeZone: string }) {
  const { run, failedAttempts } = view
  const attempts = failedAttempts.filter(({ stepId }) => stepId === '')
  const latest = failedAttempts.at(-1)
  const events = run.events as { name: string; data: unknown }[]
  return (
    <Panel title="The run">
      {run.error ? <ErrorView error={shownError(run.error)} /> : null}
      {run.status === 'retrying' && latest ? <Latest attempt={latest} steps={view.steps} /> : null}
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

/** What it is tried again for. */
function Latest({ attempt, steps }: { attempt: RunView['failedAttempts'][number]; steps: RunView['steps'] }) {
  const step = steps.find(({ id }) => id === attempt.stepId)
  return (
    <div className="flex flex-col gap-1">
      <p className="text-quiet">
        Attempt {attempt.attempt + 1} {step ? `at ${step.name} ` : ''}has failed:
      </p>
      <ErrorView error={shownError(attempt.error)} />
    </div>
  )
}
