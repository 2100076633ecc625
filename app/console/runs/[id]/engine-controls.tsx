import { agoWords } from '@/app/_ui/words'
import type { RunView, StepLine } from '@/lib/runs/get-run'
import { hasEnded } from '@/lib/runs/statuses'
import { RunAgain } from './run-again'
import { SkipSleep } from './skip-sleep'

/** What the engine can do with a run as a whole. @param shown the step whose own panel is open. */
export function RunControls({ view, shown, now }: { view: RunView; shown: StepLine | undefined; now: Date }) {
  if (hasEnded(view.run.status)) return <RunAgain {...facts(view)} />
  const asleep = view.steps.filter(isAsleep)
  const [only] = asleep
  return only && asleep.length === 1 && only !== shown ? <Skip view={view} step={only} now={now} /> : null
}

/** What it can do with one step: end its sleep, or start from it once more. */
export function StepControls({ view, step, now }: { view: RunView; step: StepLine; now: Date }) {
  const isOver = hasEnded(view.run.status)
  if (!isOver && !isAsleep(step)) return null
  return (
    <div className="flex">
      {isOver ? <RunAgain {...facts(view)} from={{ id: step.id, name: step.name }} /> : null}
      {isOver ? null : <Skip view={view} step={step} now={now} />}
    </div>
  )
}

function Skip({ view: { run }, step, now }: { view: RunView; step: StepLine; now: Date }) {
  const due = step.until && step.until > now ? agoWords(step.until, now) : null
  return <SkipSleep runId={run.id} functionId={run.functionId} step={{ id: step.id, name: step.name }} due={due} />
}

const isAsleep = ({ kind, status }: StepLine) => kind === 'sleep' && status === 'sleeping'

const facts = ({ run, deadLetter }: RunView) => ({
  runId: run.id,
  functionId: run.functionId,
  hasOpenLetter: deadLetter?.status === 'open',
})
