'use client'

import { Button } from '@/app/_ui/button'

/** A page of a shop that could not be made; the basket stays as it is. */
export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <section className="flex flex-col items-start gap-4 py-8">
      <div className="flex flex-col gap-1">
        <h1 className="text-20 font-semibold">This page could not be shown</h1>
        <p className="max-w-prose text-quiet">Something went wrong on our side. Your basket is as you left it.</p>
      </div>
      <Button look="quiet" onClick={reset}>
        Try again
      </Button>
    </section>
  )
}
