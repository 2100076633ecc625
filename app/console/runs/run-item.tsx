import Link from 'next/link'
import { Since } from '@/app/_ui/instant'
import { Status } from '@/app/_ui/status'
import type { RunLink } from '@/lib/runs/run-links'

/** A run as one line of a list. */
export function RunItem({ run, now, timeZone }: { run: RunLink; now: Date; timeZone: string }) {
  return (
    <li className="relative flex min-h-11 items-center gap-3 border-b border-line hover:bg-raised sm:min-h-9">
      <span className="w-24 shrink-0">
        <Status of={run.status} />
      </span>
      <Link
        data-row
        href={`/console/runs/${run.id}`}
        prefetch={false}
        className="min-w-0 flex-1 truncate after:absolute after:inset-0"
      >
        {run.functionId}
      </Link>
      <span className="text-12 text-quiet">
        <Since at={run.queuedAt} now={now} timeZone={timeZone} />
      </span>
    </li>
  )
}
