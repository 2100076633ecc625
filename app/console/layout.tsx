import Link from 'next/link'
import type { ReactNode } from 'react'
import { Keys } from '@/app/_ui/keys'
import { SignOutButton } from '@/app/_ui/sign-out-button'
import { ThemeSwitch } from '@/app/_ui/theme-switch'
import { Toasts } from '@/app/_ui/toasts'
import { requireOperator } from '@/app/guard'
import { countOpenDeadLetters } from '@/lib/dead-letters/list-dead-letters'
import { hasMailbox } from '@/lib/emails/read-mailbox'
import { canTimeMove } from '@/lib/engine-api'
import { countOpenIncidents } from '@/lib/health/incidents'
import { countRefusedEvents } from '@/lib/outbox/refused-events'
import { countOpenDiscrepancies } from '@/lib/reconciliation/discrepancies'
import { type Room, Rooms } from './rooms'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  // A courtesy; each page asks for itself, since a layout isn't run again on the way between pages.
  const actor = await requireOperator()
  const [letters, incidents, discrepancies, refused] = await Promise.all([
    countOpenDeadLetters(actor),
    countOpenIncidents(actor),
    countOpenDiscrepancies(actor),
    countRefusedEvents(actor),
  ])
  return (
    <div className="mx-auto min-h-dvh w-full max-w-[92rem] text-13 lg:grid lg:grid-cols-[13rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:bg-surface focus:p-2"
      >
        To the content
      </a>
      <header className="sticky top-0 z-20 flex flex-col gap-1 border-b border-line bg-paper px-4 py-0.5 lg:h-dvh lg:gap-5 lg:border-r lg:border-b-0 lg:px-3 lg:py-4">
        <div className="hidden items-center justify-between px-2.5 lg:flex">
          <Link href="/dashboard" className="text-14 font-semibold">
            Backroom
          </Link>
        </div>
        <Rooms rooms={rooms({ letters, incidents, discrepancies, refused })} />
        <div className="mt-auto hidden flex-col gap-2 px-2.5 lg:flex">
          <ThemeSwitch />
          <Keys />
          <p className="truncate text-12 text-quiet" title={actor.email}>
            {actor.email}
          </p>
          <SignOutButton />
        </div>
      </header>
      <div className="flex min-w-0 flex-col px-4 sm:px-6">
        <main id="content" className="flex min-w-0 flex-1 flex-col gap-5 py-5">
          {children}
        </main>
        <footer className="flex items-center justify-between gap-4 border-t border-line py-3 lg:hidden">
          <ThemeSwitch />
          <Link href="/dashboard" className="text-quiet hover:text-ink">
            Dashboard
          </Link>
          <SignOutButton />
        </footer>
      </div>
      <Toasts />
    </div>
  )
}

type Open = { letters: number; incidents: number; discrepancies: number; refused: number }

function rooms(open: Open): Room[] {
  return [
    { href: '/console/overview', name: 'Overview' },
    { href: '/console/runs', name: 'Runs' },
    { href: '/console/dead-letters', name: 'Dead letters', count: open.letters },
    { href: '/console/incidents', name: 'Incidents', count: open.incidents },
    { href: '/console/discrepancies', name: 'Discrepancies', count: open.discrepancies },
    // Nearly always empty: where it is not, it should be seen.
    ...(open.refused > 0 ? [{ href: '/console/refused-events', name: 'Refused events', count: open.refused }] : []),
    { href: '/console/schedules', name: 'Schedules' },
    { href: '/console/functions', name: 'Functions' },
    { href: '/console/letters', name: 'Letters' },
    ...(hasMailbox() ? [{ href: '/console/mailbox', name: 'Mailbox' }] : []),
    ...(canTimeMove() ? [{ href: '/console/clock', name: 'Clock' }] : []),
    { href: '/console/audit', name: 'Audit' },
    { href: '/console/parts', name: 'Parts' },
  ]
}
