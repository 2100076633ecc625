import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Notice } from '@/app/_ui/notice'
import { PageHead } from '@/app/_ui/page-head'
import { ProgressBar } from '@/app/_ui/progress-bar'
import { RefreshWhile } from '@/app/_ui/refresh-while'
import { countWords, durationWords, several } from '@/app/_ui/words'
import { requireActor } from '@/app/guard'
import { now } from '@/lib/clock'
import { findImport, type ImportView } from '@/lib/imports/find-import'
import { hasEnded } from '@/lib/runs/statuses'
import { WorkBehindIt } from '../../../work-behind-it'
import { StopButton } from '../../stop-button'
import { stopImport } from '../actions'
import { IMPORTS } from '../addresses'
import { paceOf } from '../pace'
import { BadRows } from './bad-rows'

export const metadata: Metadata = { title: 'Import' }

export default async function ImportPage({ params }: PageProps<'/products/imports/[id]'>) {
  const actor = await requireActor()
  const found = await findImport(actor, (await params).id)
  if (!found) notFound()
  const isUnderWay = !found.endedAt && !found.isStuck
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <PageHead title={found.fileName} back={{ href: IMPORTS, name: 'Imports' }}>
        {isUnderWay && !found.cancelRequestedAt ? (
          <StopButton what="import" done="written" act={stopImport} input={{ importId: found.id }} />
        ) : null}
      </PageHead>
      {found.isDryRun ? <Notice kind="plain">A dry run: no product is changed by it.</Notice> : null}
      {isUnderWay || found.runs.some(({ status }) => !hasEnded(status)) ? <RefreshWhile /> : null}
      {isUnderWay ? <UnderWay of={found} /> : <Ended of={found} />}
      <p className="text-quiet">{countsOf(found)}.</p>
      {found.bad > 0 ? <BadRows of={found} /> : null}
      <WorkBehindIt runs={found.runs} now={now()} timeZone={actor.account.timeZone} linked={actor.isOperator} />
    </div>
  )
}

function UnderWay({ of }: { of: ImportView }) {
  const { percent, rowsPerSecond, msLeft } = paceOf(of, now())
  const left = msLeft === null ? '' : `, ${durationWords(msLeft)} left`
  return (
    <ProgressBar
      label="The file"
      percent={percent}
      words={`${several(of.rowsRead, 'row')}, ${countWords(rowsPerSecond)} a second${left}`}
    />
  )
}

function Ended({ of: found }: { of: ImportView }) {
  const rows = several(found.rowsRead, 'row')
  const { startedAt, endedAt } = found
  if (found.status === 'completed') {
    const took = startedAt && endedAt ? ` in ${durationWords(endedAt.getTime() - startedAt.getTime())}` : ''
    return <Notice kind="good">{`All done: ${rows}${took}.`}</Notice>
  }
  return <Notice kind="bad">{`It has stopped after ${rows}.${found.problem ? ` ${found.problem}` : ''}`}</Notice>
}

function countsOf({ created, updated, unchanged, bad, isDryRun }: ImportView): string {
  const would = isDryRun ? ' would be' : ''
  return `${countWords(created)}${would} new, ${countWords(updated)}${would} changed, ${countWords(unchanged)} as they were, ${countWords(bad)} bad`
}
