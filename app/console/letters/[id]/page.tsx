import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CopyText } from '@/app/_ui/copy'
import { Instant } from '@/app/_ui/instant'
import { LetterView } from '@/app/_ui/letter-view'
import { PageHead } from '@/app/_ui/page-head'
import { Facts, Panel } from '@/app/_ui/panel'
import { letterStatusWord, Status } from '@/app/_ui/status'
import { RunItem } from '@/app/console/runs/run-item'
import { requireOperator } from '@/app/guard'
import { now } from '@/lib/clock'
import { findLetter } from '@/lib/emails/list-letters'
import { listRunsOfRecord } from '@/lib/runs/list-runs-of-record'

export const metadata: Metadata = { title: 'Letter' }

export default async function LetterPage({ params }: PageProps<'/console/letters/[id]'>) {
  const actor = await requireOperator()
  const letter = await findLetter(actor, (await params).id)
  if (!letter) notFound()
  const { timeZone } = actor.account
  const runs = await listRunsOfRecord(actor, `letter/${letter.key}`)
  const { subject, to, key, status, sentAt, attempts, lastError, html, text } = letter
  return (
    <>
      <PageHead title={subject} back={{ href: '/console/letters', name: 'Letters' }} />
      <Facts
        facts={[
          { name: 'State', value: <Status of={letterStatusWord(status)} /> },
          { name: 'To', value: to },
          { name: 'Key', value: <CopyText text={key} label="key" /> },
          { name: 'Sent', value: sentAt ? <Instant at={sentAt} timeZone={timeZone} /> : 'Not yet' },
          { name: 'Tries', value: String(attempts) },
          lastError ? { name: 'Last answer', value: lastError } : null,
        ]}
      />
      <LetterView subject={subject} html={html} text={text} />
      {runs.length > 0 ? (
        <Panel title="Runs that worked for it">
          <ul className="-mt-3 flex flex-col">
            {runs.map((run) => (
              <RunItem key={run.id} run={run} now={now()} timeZone={timeZone} />
            ))}
          </ul>
        </Panel>
      ) : null}
    </>
  )
}
