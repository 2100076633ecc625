import type { Ref } from 'react'
import { ButtonLink } from '@/app/_ui/button'
import { shopHref } from '../../addresses'

/** Nothing is in the basket, and how something comes into it. */
export function EmptyBasket({
  slug,
  title,
  headingRef,
}: {
  slug: string
  title: string
  headingRef?: Ref<HTMLHeadingElement>
}) {
  return (
    <section className="flex flex-col items-start gap-4">
      <div className="flex flex-col gap-1">
        <h1 ref={headingRef} tabIndex={-1} className="text-28 font-semibold outline-none">
          {title}
        </h1>
        <p className="max-w-prose text-quiet">
          What you add in the shop is kept here, in this browser, until you order it or take it out.
        </p>
      </div>
      <ButtonLink href={shopHref(slug)}>Look around the shop</ButtonLink>
    </section>
  )
}
