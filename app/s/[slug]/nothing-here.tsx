'use client'

import { useParams } from 'next/navigation'
import { ButtonLink } from '@/app/_ui/button'
import { shopHref } from '../addresses'

/** What isn't in a shop, and the way back into it. */
export function NothingHere({ title, children }: { title: string; children: string }) {
  const { slug } = useParams<{ slug: string }>()
  return (
    <section className="flex flex-col items-start gap-4 py-8">
      <div className="flex flex-col gap-1">
        <h1 className="text-20 font-semibold">{title}</h1>
        <p className="max-w-prose text-quiet">{children}</p>
      </div>
      <ButtonLink href={shopHref(slug)} look="quiet">
        Go to the shop
      </ButtonLink>
    </section>
  )
}
