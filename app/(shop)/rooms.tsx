'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'

const rooms = [
  { href: '/dashboard', name: 'Dashboard' },
  { href: '/products', name: 'Products' },
  { href: '/orders', name: 'Orders' },
  { href: '/reports', name: 'Reports' },
  { href: '/settings', name: 'Settings' },
]

/** The rooms of the shop, and the one that the reader is in. */
export function Rooms({ isOperator }: { isOperator: boolean }) {
  const pathname = usePathname()
  return (
    <nav aria-label="Rooms" className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex min-w-max gap-1">
        {[...rooms, ...(isOperator ? [{ href: '/console', name: 'Console' }] : [])].map(({ href, name }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              aria-current={pathname.startsWith(href) ? 'page' : undefined}
              className="flex min-h-11 items-center border-b-2 border-transparent px-2.5 text-quiet hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
