import Link from 'next/link'
import type { ReactNode } from 'react'

export type Column = { name: string; isNumber?: boolean; isWideOnly?: boolean; width?: string }

const wideOnly = 'hidden md:table-cell'

/** The heart of each list: a head that stays, numbers on the right, and lines that are links. */
export function Table({ label, columns, children }: { label: string; columns: Column[]; children: ReactNode }) {
  return (
    <table aria-label={label} className="w-full table-fixed border-separate border-spacing-0 text-left">
      <thead className="text-12 text-quiet">
        <tr>
          {columns.map(({ name, isNumber, isWideOnly, width = '' }) => (
            <th
              key={name}
              scope="col"
              className={`sticky top-12 z-10 h-9 border-b border-line bg-paper pr-3 font-medium lg:top-0 ${isNumber ? 'text-right' : ''} ${isWideOnly ? wideOnly : ''} ${width}`}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

/** A line of a table. */
export function Row({ children }: { children: ReactNode }) {
  return (
    <tr className="group relative h-11 scroll-mt-24 hover:bg-raised has-[a[data-row]:focus-visible]:bg-surface sm:h-9">
      {children}
    </tr>
  )
}

export function Cell({
  children,
  isNumber,
  isWideOnly,
  className = '',
}: {
  children: ReactNode
  isNumber?: boolean
  isWideOnly?: boolean
  className?: string
}) {
  return (
    <td
      className={`truncate border-b border-line pr-3 ${isNumber ? 'text-right font-mono text-12' : ''} ${isWideOnly ? wideOnly : ''} ${className}`}
    >
      {children}
    </td>
  )
}

/** What a line's link says; the whole line is where it is pressed, and j and k go from one to the next. */
export function RowLink({ href, children, className = '' }: { href: string; children: ReactNode; className?: string }) {
  return (
    <Link data-row href={href} prefetch={false} className={`after:absolute after:inset-0 ${className}`}>
      {children}
    </Link>
  )
}
