import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Notice } from '@/app/_ui/notice'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { ProgressBar } from '@/app/_ui/progress-bar'
import { RefreshWhile } from '@/app/_ui/refresh-while'
import { countWords, several } from '@/app/_ui/words'
import { requireActor } from '@/app/guard'
import { now } from '@/lib/clock'
import { type BulkUpdateView, findBulkUpdate } from '@/lib/products/bulk/find-bulk-update'
import { hasEnded } from '@/lib/runs/statuses'
import { WorkBehindIt } from '../../../work-behind-it'
import { StopButton } from '../../stop-button'
import { stop } from '../actions'
import { changeWords } from '../words'

export const metadata: Metadata = { title: 'Change of many products' }

export default async function BulkUpdatePage({ params }: PageProps<'/products/bulk/[id]'>) {
  const actor = await requireActor()
  const update = await findBulkUpdate(actor, (await params).id)
  if (!update) notFound()
  const { account, isOperator } = actor
  const isUnderWay = update.status === 'running' && !update.isStuck
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <PageHead title={changeWords(update.change, account.currency)} back={{ href: '/products', name: 'Products' }}>
        {isUnderWay && !update.cancelRequestedAt ? (
          <StopButton what="change" done="changed" act={stop} input={{ bulkUpdateId: update.id }} />
        ) : null}
      </PageHead>
      <Standing update={update} isUnderWay={isUnderWay} />
      {isUnderWay || update.runs.some(({ status }) => !hasEnded(status)) ? <RefreshWhile /> : null}
      {update.refused > 0 ? <Refused update={update} /> : null}
      <WorkBehindIt runs={update.runs} now={now()} timeZone={account.timeZone} linked={isOperator} />
    </div>
  )
}

function Standing({ update, isUnderWay }: { update: BulkUpdateView; isUnderWay: boolean }) {
  const { seen, changed, refused, status } = update
  const total = Math.max(update.total, seen)
  const counts = `${countWords(changed)} changed, ${countWords(seen - changed - refused)} as they were, ${countWords(refused)} could not be changed`
  if (isUnderWay)
    return (
      <>
        <ProgressBar
          label="Products looked at"
          percent={Math.floor((seen / total) * 100)}
          words={`${countWords(seen)} of ${several(total, 'product')}`}
        />
        <p className="text-quiet">{counts}.</p>
      </>
    )
  if (status === 'completed') return <Notice kind="good">{`All done: ${counts}.`}</Notice>
  return (
    <Notice kind="bad">{`It has stopped after ${countWords(seen)} of ${several(total, 'product')}: ${counts}.`}</Notice>
  )
}

function Refused({ update: { refusals, refused } }: { update: BulkUpdateView }) {
  return (
    <Panel title="Could not be changed">
      <ul className="flex flex-col">
        {refusals.map(({ sku, title, reason }) => (
          <li key={sku} className="flex min-h-11 flex-wrap items-center gap-x-4 border-b border-line py-1">
            <span className="min-w-0 flex-1 truncate">
              {title} <span className="font-mono text-12 text-quiet">{sku}</span>
            </span>
            <span className="text-failed">{reason}</span>
          </li>
        ))}
      </ul>
      {refused > refusals.length ? (
        <p className="text-13 text-quiet">And {several(refused - refusals.length, 'more product')}.</p>
      ) : null}
    </Panel>
  )
}
