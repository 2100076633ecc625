import Link from 'next/link'
import { Instant } from '@/app/_ui/instant'
import { Panel } from '@/app/_ui/panel'
import { Status } from '@/app/_ui/status'
import { Timeline } from '@/app/_ui/timeline'
import type { ReplayLine } from '@/lib/dead-letters/list-dead-letters'

/** Each replay that was asked for, with the runs that it has made. */
export function Replays({ replays, timeZone }: { replays: ReplayLine[]; timeZone: string }) {
  return (
    <Panel title="Replays">
      <Timeline
        label="Replays"
        moments={replays.map((replay) => ({
          key: replay.id,
          at: <Instant at={replay.requestedAt} timeZone={timeZone} />,
          children: (
            <div className="flex flex-col gap-1">
              <p>
                {replay.requestedBy}
                {replay.data ? ', with edited data' : ''}: {outcome(replay)}
              </p>
              {replay.newRuns.map(({ id, status }) => (
                <p key={id} className="flex items-center gap-2">
                  <Status of={status} />
                  <Link
                    href={`/console/runs/${id}`}
                    className="truncate font-mono text-12 text-accent underline underline-offset-2"
                  >
                    {id}
                  </Link>
                </p>
              ))}
            </div>
          ),
        }))}
      />
    </Panel>
  )
}

function outcome({ endedAt, failedAgain }: ReplayLine): string {
  if (!endedAt) return 'under way'
  return failedAgain ? 'failed again' : 'done'
}
