import Link from 'next/link'
import { Since } from '@/app/_ui/instant'
import { Status } from '@/app/_ui/status'
import type { RunLink } from '@/lib/runs/run-links'

/** The runs that work for the reader, as the run ledger has them; an operator may look into each. */
export function WorkBehindIt({
  runs,
  now,
  timeZone,
  linked,
}: {
  runs: RunLink[]
  now: Date
  timeZone: string
  linked: boolean
}) {
  if (runs.length === 0) return null
  return (
    <section className="flex flex-col gap-3" aria-labelledby="work">
      <h2 id="work" className="text-16 font-semibold">
        The work behind it
      </h2>
      <ul className="flex flex-col border-t border-line">
        {runs.map((run) => (
          <li key={run.id} className="relative flex min-h-11 items-center gap-3 border-b border-line py-2">
            <span className="shrink-0 sm:w-28">
              <Status of={run.status} />
            </span>
            <span className="min-w-0 flex-1 truncate">
              {linked ? (
                <Link href={`/console/runs/${run.id}`} className="after:absolute after:inset-0 hover:underline">
                  {functionWords(run.functionId)}
                </Link>
              ) : (
                functionWords(run.functionId)
              )}
            </span>
            <span className="text-13 text-quiet">
              {run.until ? <span className="hidden sm:inline">goes on </span> : null}
              <Since at={run.until ?? run.queuedAt} now={now} timeZone={timeZone} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The id of a function, or of a step, as a shop owner reads it. */
export function functionWords(functionId: string): string {
  const text = functionId.replaceAll('-', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
