import { ArrowDown, ArrowUp } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

export type Column = {
  name: string
  isNumber?: boolean
  isWideOnly?: boolean
  width?: string
  /** Where the list is sorted by it, and how it is sorted by it now. */
  sort?: { href: string; now: 'ascending' | 'descending' | undefined }
}

const wideOnly = 'hidden md:table-cell'

/**
 * The heart of each list: a head that stays, numbers on the right, and lines that are links.
 * @param headAt how far from the top of the screen the head stays: below what else stays there.
 */
export function Table({
  label,
  columns,
  headAt = 'top-12 lg:top-0',
  children,
}: {
  label: string
  columns: Column[]
  headAt?: string
  children: ReactNode
}) {
  return (
    <table aria-label={label} className="w-full table-fixed border-separate border-spacing-0 text-left">
      <thead className="text-12 text-quiet">
        <tr>
          {columns.map(({ name, isNumber, isWideOnly, width = '', sort }) => (
            <th
              key={name}
              scope="col"
              aria-sort={sort?.now}
              className={`sticky ${headAt} z-10 h-9 border-b border-line bg-paper pr-3 font-medium ${isNumber ? 'text-right' : ''} ${isWideOnly ? wideOnly : ''} ${width}`}
            >
              {sort ? <SortLink name={name} {...sort} /> : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

function SortLink({ name, href, now }: { name: string } & NonNullable<Column['sort']>) {
  const Icon = now === 'descending' ? ArrowDown : ArrowUp
  return (
    <Link href={href} prefetch={false} className="inline-flex items-center gap-1 hover:text-ink">
      {name}
      {now ? <Icon aria-hidden size={12} strokeWidth={1.5} /> : null}
    </Link>
  )
}

const heights = { regular: 'h-11 sm:h-9', roomy: 'h-14' }

/** A line of a table; a roomy one has place for two. */
export function Row({ height = 'regular', children }: { height?: keyof typeof heights; children: ReactNode }) {
  return (
    <tr
      className={`group relative scroll-mt-24 hover:bg-raised has-[a[data-row]:focus-visible]:bg-surface ${heights[height]}`}
    >
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
