import { X } from 'lucide-react'
import Link from 'next/link'

/** Ends a row of filters that are set: the same list without them. */
export function ClearLink({ href }: { href: string }) {
  return (
    <Link href={href} className="inline-flex min-h-11 items-center gap-1 px-1 text-quiet hover:text-ink sm:min-h-8">
      <X aria-hidden size={14} strokeWidth={1.5} /> Clear
    </Link>
  )
}
