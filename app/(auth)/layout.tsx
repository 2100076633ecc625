import Link from 'next/link'
import type { ReactNode } from 'react'

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-sm flex-col gap-8 px-6 py-12 sm:py-20">
      <header>
        <Link href="/" className="text-13 font-semibold text-quiet hover:text-ink">
          Backroom
        </Link>
      </header>
      <main className="flex flex-col gap-6">{children}</main>
    </div>
  )
}
