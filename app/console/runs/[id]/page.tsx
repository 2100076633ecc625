import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Instant } from '@/app/_ui/instant'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { ProgressBar } from '@/app/_ui/progress-bar'
import { Timeline } from '@/app/_ui/timeline'
import { Waterfall } from '@/app/_ui/waterfall/waterfall'
import { requireOperator } from '@/app/guard'
import { now } from '@/lib/clock'
import { hasOwnEngine } from '@/lib/engine-api'
import { findRun, findStepValues, type RunView } from '@/lib/runs/get-run'
import type { Progress } from '@/lib/runs/notes'
import { hasEnded } from '@/lib/runs/statuses'
import { Live } from '../../live'
import { barsOf } from './bars'
import { CancelRun } from './cancel-run'
import { RunControls, StepControls } from './engine-controls'
import { LinksPanel } from './links-panel'
import { RunFacts } from './run-head'
import { RunPanel } from './run-panel'
import { StepPanel } from './step-panel'

export const metadata: Metadata = { title: 'Run' }

export default async function RunPage({ params, searchParams }: PageProps<'/console/runs/[id]'>) {
  const actor = await requireOperator()
  const [{ id }, { step: stepId }] = await Promise.all([params, searchParams])
  const view = await findRun(actor, id)
  if (!view) notFound()
  const { timeZone } = actor.account
  const at = now()
  const step = view.steps.find((each) => each.id === stepId)
  const isOurs = hasOwnEngine()
  const values = step ? await findStepValues(actor, id, step.id) : null
  return (
    <>
      <PageHead title={view.run.functionId} back={{ href: '/console/runs', name: 'Runs' }}>
        <Live runId={id} />
        {isOurs ? <RunControls view={view} shown={step} now={at} /> : null}
        {hasEnded(view.run.status) ? null : <CancelRun runId={id} functionId={view.run.functionId} />}
      </PageHead>
      <RunFacts view={view} now={at} timeZone={timeZone} />
      {view.run.progress ? <Progressed progress={view.run.progress as Progress} /> : null}
      <Waterfall label="Steps" bars={barsOf(view, at)} currentKey={step?.id ?? ''} />
      <div className="grid gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          {step && values ? (
            <StepPanel
              step={step}
              values={values}
              attempts={view.failedAttempts.filter((each) => each.stepId === step.id)}
              now={at}
              timeZone={timeZone}
            >
              {isOurs ? <StepControls view={view} step={step} now={at} /> : null}
            </StepPanel>
          ) : (
            <RunPanel view={view} timeZone={timeZone} />
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          {view.lines.length > 0 ? <Log lines={view.lines} timeZone={timeZone} /> : null}
          <LinksPanel view={view} now={at} timeZone={timeZone} />
        </div>
      </div>
    </>
  )
}

function Progressed({ progress: { percent, step, totalSteps, currentOperation } }: { progress: Progress }) {
  return <ProgressBar label="Progress" percent={percent} words={`${currentOperation}, ${step} of ${totalSteps}`} />
}

function Log({ lines, timeZone }: { lines: RunView['lines']; timeZone: string }) {
  return (
    <Panel title="Log">
      <Timeline
        label="Log"
        moments={lines.map(({ at, text }, n) => ({
          key: String(n),
          at: <Instant at={at} timeZone={timeZone} />,
          children: text,
        }))}
      />
    </Panel>
  )
}
