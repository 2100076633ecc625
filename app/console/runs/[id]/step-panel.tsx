import type { ReactNode } from 'react'
import { ErrorView, shownError } from '@/app/_ui/error-view'
import { Instant, Since } from '@/app/_ui/instant'
import { JsonView } from '@/app/_ui/json-view'
import { type Fact, Facts, Panel } from '@/app/_ui/panel'
import { Status, stepStatusWord } from '@/app/_ui/status'
import { durationWords } from '@/app/_ui/words'
import type { RunView, StepLine } from '@/lib/runs/get-run'

type Values = { input: unknown; output: unknown; error: unknown }

/** One step: what went in, what came out, and each attempt at it. `children` is what can be done with it. */
export function StepPanel({
  step,
  values,
  attempts,
  now,
  timeZone,
  children,
}: {
  step: StepLine
  values: Values
  attempts: RunView['failedAttempts']
  now: Date
  timeZone: string
  children?: ReactNode
}) {
  return (
    <Panel title={step.name} aside={<Status of={stepStatusWord(step.status, step.isLeftOpen)} />}>
      <Facts facts={factsOf(step, now, timeZone)} />
      {children}
      {values.error ? <ErrorView error={shownError(values.error)} /> : null}
      {values.output === null || values.output === undefined ? null : <JsonView label="Output" value={values.output} />}
      {values.input === null || values.input === undefined ? null : <JsonView label="Input" value={values.input} />}
      {attempts.length > 0 ? <Attempts attempts={attempts} timeZone={timeZone} /> : null}
    </Panel>
  )
}

function factsOf(step: StepLine, now: Date, timeZone: string): (Fact | null)[] {
  const { kind, foundAt, startedAt, endedAt, until, attempt } = step
  const from = startedAt ?? foundAt
  const isOpen = !endedAt && !step.isLeftOpen
  return [
    { name: 'Kind', value: <code className="font-mono text-12">{kind}</code> },
    { name: 'Began', value: <Instant at={from} timeZone={timeZone} /> },
    endedAt ? { name: 'Took', value: durationWords(endedAt.getTime() - from.getTime()) } : null,
    isOpen && until ? { name: 'Goes on', value: <Since at={until} now={now} timeZone={timeZone} /> } : null,
    startedAt ? { name: 'Attempt', value: String(attempt + 1) } : null,
  ]
}

/** Failed attempts, the first one first. */
export function Attempts({ attempts, timeZone }: { attempts: RunView['failedAttempts']; timeZone: string }) {
  return (
    <details open={attempts.length <= 2}>
      <summary className="cursor-pointer font-medium">
        {attempts.length === 1 ? 'One failed attempt' : `${attempts.length} failed attempts`}
      </summary>
      <ol className="flex flex-col pt-1">
        {attempts.map(({ attempt, startedAt, endedAt, error, retryAt }) => (
          <li key={attempt} className="flex flex-col gap-1.5 border-b border-line py-2">
            <p className="text-quiet">
              Attempt {attempt + 1}, <Instant at={startedAt} timeZone={timeZone} />, after{' '}
              {durationWords(endedAt.getTime() - startedAt.getTime())};{' '}
              {retryAt ? `the next one ${durationWords(retryAt.getTime() - endedAt.getTime())} later` : 'the last one'}
            </p>
            <ErrorView error={shownError(error)} />
          </li>
        ))}
      </ol>
    </details>
  )
}
