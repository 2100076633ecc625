import type { ReactNode } from 'react'

export type Moment = { key: string; at: ReactNode; mark?: ReactNode; children: ReactNode }

/** Moments in their order, each with when it was. */
export function Timeline({ moments, label }: { moments: Moment[]; label: string }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {moments.map(({ key, at, mark, children }) => (
        <li key={key} className="flex min-h-9 items-baseline gap-3 border-b border-line py-1.5">
          {mark ? <span className="shrink-0 self-center">{mark}</span> : null}
          <div className="min-w-0 flex-1 break-words">{children}</div>
          <div className="shrink-0 text-12 text-quiet">{at}</div>
        </li>
      ))}
    </ol>
  )
}
