import type { ReactNode } from 'react'

/** What would be here, and how to make it come. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1 py-8">
      <h2 className="text-16 font-semibold">{title}</h2>
      <p className="max-w-prose text-14 text-quiet">{children}</p>
    </section>
  )
}
