'use client'

import { useState } from 'react'
import { Button } from '@/app/_ui/button'

/** Closing asks once more, and names what it closes. */
export function CloseAccount({ shopName, close }: { shopName: string; close: () => Promise<void> }) {
  const [isAsking, setAsking] = useState(false)
  return (
    <section className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-6">
      <p className="max-w-prose text-quiet">
        {isAsking ? `Close ${shopName}? No more letters will go out for it.` : 'You can close the account at any time.'}
      </p>
      {isAsking ? (
        <div className="flex gap-2">
          <Button look="quiet" onClick={() => setAsking(false)}>
            Keep it
          </Button>
          <form action={close}>
            <Button look="danger" type="submit">
              Close {shopName}
            </Button>
          </form>
        </div>
      ) : (
        <Button look="quiet" onClick={() => setAsking(true)}>
          Close the account…
        </Button>
      )}
    </section>
  )
}
