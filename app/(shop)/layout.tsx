import Link from 'next/link'
import type { ReactNode } from 'react'
import { SignOutButton } from '@/app/_ui/sign-out-button'
import { ThemeSwitch } from '@/app/_ui/theme-switch'
import { requireActor } from '@/app/guard'

export default async function ShopLayout({ children }: { children: ReactNode }) {
  // A courtesy to visitors; each page asks for itself, since a layout isn't run again on the way between pages.
  const actor = await requireActor()
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-4xl flex-col px-6">
      <header className="flex items-center justify-between gap-4 border-b border-line py-3">
        <nav className="flex min-w-0 items-center gap-5" aria-label="Rooms">
          <Link href="/dashboard" className="truncate font-semibold">
            {actor.account.name}
          </Link>
          {actor.isOperator ? (
            <Link href="/console" className="text-quiet hover:text-ink">
              Console
            </Link>
          ) : null}
        </nav>
        <SignOutButton />
      </header>
      <main className="flex flex-1 flex-col gap-10 py-10">{children}</main>
      <footer className="border-t border-line py-4">
        <ThemeSwitch />
      </footer>
    </div>
  )
}
