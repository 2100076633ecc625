'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'

export type Room = { href: string; name: string; count?: number }

/** The rooms of the console, and the one that the reader is in. */
export function Rooms({ rooms }: { rooms: Room[] }) {
  const pathname = usePathname()
  return (
    <nav aria-label="Console" className="-mx-4 overflow-x-auto px-4 lg:mx-0 lg:overflow-visible lg:px-0">
      <ul className="flex min-w-max gap-1 lg:min-w-0 lg:flex-col">
        {rooms.map(({ href, name, count }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              aria-current={pathname.startsWith(href) ? 'page' : undefined}
              className="flex min-h-11 items-center justify-between gap-2 rounded-control px-2.5 text-quiet hover:bg-raised hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-ink lg:min-h-8"
            >
              {name}
              {count ? (
                <span className="rounded-full bg-failed px-1.5 font-mono text-12 font-medium text-surface">
                  {count}
                </span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
