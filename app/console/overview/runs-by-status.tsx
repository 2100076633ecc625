import Link from 'next/link'
import { Status } from '@/app/_ui/status'
import { countWords } from '@/app/_ui/words'
import type { StatusCounts } from '@/lib/runs/count-runs'
import { runStatuses } from '@/lib/runs/statuses'
import { runsHref } from '../runs/addresses'

/** How many runs there are in each status, each a way to their list. */
export function RunsByStatus({ counts }: { counts: StatusCounts }) {
  return (
    <ul className="grid grid-cols-2 gap-x-6">
      {runStatuses.map((status) => (
        <li key={status} className="border-b border-line">
          <Link
            href={runsHref({ status })}
            prefetch={false}
            className="flex min-h-11 items-center justify-between gap-2 hover:bg-raised sm:min-h-9"
          >
            <Status of={status} />
            <span className="font-mono text-12">{countWords(counts[status])}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
