import type { ReactNode } from 'react'

/** A part of a page under a title of its own: a hairline and space, no box. */
export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-3 border-b border-line pb-2">
        <h2 className="text-14 font-semibold">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** A surface that stands out from the page; never inside another. */
export function Card({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <div className={`rounded-surface border border-line bg-surface p-4 ${className}`}>{children}</div>
}

export type Fact = { name: string; value: ReactNode }

/** Names and values, a line each. */
export function Facts({ facts }: { facts: (Fact | null)[] }) {
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] content-start gap-x-3 gap-y-1.5">
      {facts
        .filter((fact) => fact !== null)
        .map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
    </dl>
  )
}
