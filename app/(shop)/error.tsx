'use client'

import { Button } from '@/app/_ui/button'

/** A page of the shop that could not be made; the way to the others stays. */
export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <section className="flex flex-col items-start gap-4">
      <div className="flex flex-col gap-1">
        <h1 className="text-20 font-semibold">This page could not be shown</h1>
        <p className="max-w-prose text-quiet">Something went wrong on our side. Nothing that you saved is lost.</p>
      </div>
      <Button look="quiet" onClick={reset}>
        Try again
      </Button>
    </section>
  )
}
