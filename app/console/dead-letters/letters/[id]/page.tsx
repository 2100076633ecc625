import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { ErrorView, shownError } from '@/app/_ui/error-view'
import { Instant } from '@/app/_ui/instant'
import { JsonView } from '@/app/_ui/json-view'
import { Notice } from '@/app/_ui/notice'
import { PageHead } from '@/app/_ui/page-head'
import { Facts, Panel } from '@/app/_ui/panel'
import { Status } from '@/app/_ui/status'
import { requireOperator } from '@/app/guard'
import { type DeadLetterView, findDeadLetter } from '@/lib/dead-letters/list-dead-letters'
import { Live } from '../../../live'
import { Discard, ReplayEdited, ReplayOne } from '../../replay-dialogs'
import { Replays } from './replays'

export const metadata: Metadata = { title: 'Dead letter' }

const link = 'text-accent underline underline-offset-2'

export default async function DeadLetterPage({ params }: PageProps<'/console/dead-letters/letters/[id]'>) {
  const actor = await requireOperator()
  const view = await findDeadLetter(actor, (await params).id)
  if (!view) notFound()
  const { letter, group, replays } = view
  const { timeZone } = actor.account
  const events = letter.events as { name: string; data: unknown }[]
  return (
    <>
      <PageHead
        title={`${letter.functionId} has failed`}
        back={{ href: `/console/dead-letters/${group.id}`, name: group.cause }}
      >
        {letter.status === 'replaying' ? <Live /> : null}
        {letter.status === 'open' ? <Acts view={view} /> : null}
      </PageHead>
      {letter.isRedacted && letter.status === 'open' ? (
        <Notice kind="plain">
          Parts of the payload were secrets, and are not kept. It can be replayed with edited data only.
        </Notice>
      ) : null}
      <LetterFacts view={view} timeZone={timeZone} />
      <div className="grid gap-x-8 gap-y-6 xl:grid-cols-2">
        <Panel title="Why it failed">
          <ErrorView error={shownError(letter.error)} />
        </Panel>
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="What it was given">
            {events.length === 1 ? (
              <JsonView label={`Event ${events[0]?.name}`} value={events[0]?.data} />
            ) : (
              <JsonView label={`${events.length} events`} value={events} />
            )}
          </Panel>
          {replays.length > 0 ? <Replays replays={replays} timeZone={timeZone} /> : null}
        </div>
      </div>
    </>
  )
}

function Acts({ view: { letter } }: { view: DeadLetterView }) {
  const { id: letterId, functionId, isRedacted } = letter
  const events = letter.events as { data: unknown }[]
  return (
    <>
      {isRedacted ? null : <ReplayOne letterId={letterId} functionId={functionId} />}
      {events.length === 1 ? (
        <ReplayEdited
          letterId={letterId}
          functionId={functionId}
          data={JSON.stringify(events[0]?.data ?? {}, null, 2)}
        />
      ) : null}
      <Discard letterId={letterId} />
    </>
  )
}

function LetterFacts({ view: { letter, cameOf }, timeZone }: { view: DeadLetterView; timeZone: string }) {
  return (
    <Facts
      facts={[
        { name: 'State', value: <Status of={letter.status} /> },
        letter.discardReason ? { name: 'Reason', value: letter.discardReason } : null,
        { name: 'Failed', value: <Instant at={letter.failedAt} timeZone={timeZone} /> },
        { name: 'Attempts', value: String(letter.attempts) },
        {
          name: 'Run',
          value: (
            <Link href={`/console/runs/${letter.runId}`} className={`font-mono text-12 ${link}`}>
              {letter.runId}
            </Link>
          ),
        },
        cameOf
          ? {
              name: 'Came of',
              value: (
                <Link href={`/console/dead-letters/letters/${cameOf.id}`} className={link}>
                  a replay of an earlier letter
                </Link>
              ),
            }
          : null,
      ]}
    />
  )
}
