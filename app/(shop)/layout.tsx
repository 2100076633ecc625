import Link from 'next/link'
import type { ReactNode } from 'react'
import { Keys } from '@/app/_ui/keys'
import { SignOutButton } from '@/app/_ui/sign-out-button'
import { ThemeSwitch } from '@/app/_ui/theme-switch'
import { Toasts } from '@/app/_ui/toasts'
import { requireActor } from '@/app/guard'
import { Rooms } from './rooms'

export default async function ShopLayout({ children }: { children: ReactNode }) {
  // A courtesy to visitors; each page asks for itself, since a layout isn't run again on the way between pages.
  const actor = await requireActor()
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-5xl flex-col px-4 sm:px-6 print:px-0">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:bg-surface focus:p-2"
      >
        To the content
      </a>
      <header className="print:hidden flex flex-wrap items-center justify-between gap-x-6 border-b border-line sm:flex-nowrap">
        <Link href="/dashboard" className="max-w-[70%] truncate py-2.5 font-semibold sm:max-w-56">
          {actor.account.name}
        </Link>
        <div className="order-last w-full min-w-0 sm:order-none sm:w-auto sm:flex-1">
          <Rooms isOperator={actor.isOperator} />
        </div>
        <div className="flex">
          <SignOutButton />
        </div>
      </header>
      <main id="content" className="flex flex-1 flex-col gap-10 py-8 sm:py-10 print:py-0">
        {children}
      </main>
      <footer className="print:hidden flex items-center justify-between gap-4 border-t border-line py-4">
        <ThemeSwitch />
        <Keys />
      </footer>
      <Toasts />
    </div>
  )
}
