import type { Metadata } from 'next'
import Link from 'next/link'
import { EmptyState } from '@/app/_ui/empty-state'
import { requireOperator } from '@/app/guard'
import { listLetters } from '@/lib/emails/list-letters'
import { LettersTable } from './letters-table'

export const metadata: Metadata = { title: 'Letters' }

export default async function LettersPage({ searchParams }: PageProps<'/console/letters'>) {
  const actor = await requireOperator()
  const { cursor } = await searchParams
  const { letters, nextCursor } = await listLetters(actor, typeof cursor === 'string' ? { cursor } : {})
  if (letters.length === 0 && !cursor)
    return (
      <EmptyState title="No letters yet">
        Each letter that goes out is listed here. Sign up, and the first one is.
      </EmptyState>
    )
  return (
    <>
      <h1 className="text-20 font-semibold">Letters</h1>
      <LettersTable letters={letters} timeZone={actor.account.timeZone} />
      {nextCursor ? (
        <Link
          href={`/console/letters?cursor=${nextCursor}`}
          className="self-start text-accent underline underline-offset-2"
        >
          Older letters
        </Link>
      ) : null}
    </>
  )
}
