import Link from 'next/link'
import { countWords } from './words'

export type TabLink = {
  href: string
  name: string
  count?: number
  /** There are more than were counted. */
  isMore?: boolean
  isCurrent: boolean
}

/** Views of one list, each with how much it holds. They are links: a view has an address. */
export function TabLinks({ label, tabs }: { label: string; tabs: TabLink[] }) {
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex min-w-max gap-1 border-b border-line">
        {tabs.map(({ href, name, count, isMore, isCurrent }) => (
          <li key={name}>
            <Link
              href={href}
              aria-current={isCurrent ? 'page' : undefined}
              className="-mb-px flex min-h-11 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-quiet hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink sm:min-h-9"
            >
              {name}
              {count === undefined ? null : (
                <span className="font-mono text-12 font-normal text-quiet">
                  {countWords(count)}
                  {isMore ? '+' : ''}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
