import Link from 'next/link'
import { CopyText } from '@/app/_ui/copy'
import { Instant, Since } from '@/app/_ui/instant'
import { type Fact, Facts } from '@/app/_ui/panel'
import { Status } from '@/app/_ui/status'
import { durationWords } from '@/app/_ui/words'
import type { RunView } from '@/lib/runs/get-run'
import { recordHref } from '../addresses'

const link = 'text-accent underline underline-offset-2'

/** Which run this is, how it stands, and what it belongs to. */
export function RunFacts({ view, now, timeZone }: { view: RunView; now: Date; timeZone: string }) {
  return (
    <div className="grid gap-x-8 gap-y-1.5 md:grid-cols-2">
      <Facts facts={timesOf(view, now, timeZone)} />
      <Facts facts={ties(view)} />
    </div>
  )
}

function timesOf({ run }: RunView, now: Date, timeZone: string): (Fact | null)[] {
  const { status, queuedAt, startedAt, endedAt, until, attempt } = run
  const waitedMs = startedAt ? startedAt.getTime() - queuedAt.getTime() : 0
  return [
    { name: 'State', value: <Status of={status} /> },
    { name: 'Queued', value: <Instant at={queuedAt} timeZone={timeZone} /> },
    startedAt ? { name: 'Waited', value: durationWords(waitedMs) } : null,
    startedAt && endedAt ? { name: 'Took', value: durationWords(endedAt.getTime() - startedAt.getTime()) } : null,
    until ? { name: 'Goes on', value: <Since at={until} now={now} timeZone={timeZone} /> } : null,
    attempt > 0 ? { name: 'Attempt', value: String(attempt + 1) } : null,
  ]
}

function ties({ run, deadLetter, replayOf }: RunView): (Fact | null)[] {
  return [
    { name: 'Run', value: <CopyText text={run.id} label="run id" /> },
    { name: 'Event', value: run.eventId ? <CopyText text={run.eventId} label="event id" /> : run.eventName },
    run.record
      ? {
          name: 'Works for',
          value: (
            <Link href={recordHref(run.record)} className={`font-mono text-12 ${link}`}>
              {run.record}
            </Link>
          ),
        }
      : null,
    deadLetter
      ? {
          name: 'Dead letter',
          value: (
            <span className="inline-flex items-center gap-2">
              <Link href={`/console/dead-letters/letters/${deadLetter.id}`} className={link}>
                Open it
              </Link>
              <Status of={deadLetter.status} />
            </span>
          ),
        }
      : null,
    replayOf
      ? {
          name: 'Replay of',
          value: (
            <Link href={`/console/runs/${replayOf.runId}`} className={`font-mono text-12 ${link}`}>
              {replayOf.runId}
            </Link>
          ),
        }
      : null,
  ]
}
