'use client'

import { Button } from './_ui/button'

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-4 px-6">
      <h1 className="text-20 font-semibold">This page could not be shown</h1>
      <p className="text-quiet">Something went wrong on our side. Nothing that you entered was lost.</p>
      <div>
        <Button look="quiet" onClick={reset}>
          Try again
        </Button>
      </div>
    </main>
  )
}
