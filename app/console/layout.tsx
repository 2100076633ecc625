import Link from 'next/link'
import type { ReactNode } from 'react'
import { SignOutButton } from '@/app/_ui/sign-out-button'
import { requireOperator } from '@/app/guard'

const rooms = [
  { href: '/console/letters', name: 'Letters' },
  { href: '/console/mailbox', name: 'Mailbox' },
]

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  await requireOperator()
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-6xl flex-col px-4 text-13 sm:px-6">
      <header className="flex items-center justify-between gap-4 border-b border-line py-2">
        <nav className="flex items-center gap-5" aria-label="Console">
          <Link href="/dashboard" className="font-semibold">
            Backroom
          </Link>
          {rooms.map(({ href, name }) => (
            <Link key={href} href={href} className="flex min-h-11 items-center text-quiet hover:text-ink sm:min-h-8">
              {name}
            </Link>
          ))}
        </nav>
        <SignOutButton />
      </header>
      <main className="flex flex-col gap-5 py-6">{children}</main>
    </div>
  )
}
