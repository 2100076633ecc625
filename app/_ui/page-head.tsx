import Link from 'next/link'
import type { ReactNode } from 'react'

/**
 * How a page begins: where it belongs, its title, and what can be done with it as a whole.
 * @param back the list that it is one of.
 */
export function PageHead({
  title,
  back,
  children,
}: {
  title: string
  back?: { href: string; name: string }
  children?: ReactNode
}) {
  return (
    <div className="flex flex-col gap-1">
      {back ? (
        <Link href={back.href} className="print:hidden self-start text-quiet hover:text-ink">
          {back.name}
        </Link>
      ) : null}
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-2 sm:min-h-8">
        <h1 className="min-w-0 text-20 font-semibold break-words">{title}</h1>
        {children ? <div className="flex flex-wrap items-center gap-2">{children}</div> : null}
      </div>
    </div>
  )
}
