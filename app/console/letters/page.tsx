import type { Metadata } from 'next'
import Link from 'next/link'
import { EmptyState } from '@/app/_ui/empty-state'
import { Instant } from '@/app/_ui/instant'
import { Status } from '@/app/_ui/status'
import { requireOperator } from '@/app/guard'
import { listLetters } from '@/lib/emails/list-letters'

export const metadata: Metadata = { title: 'Letters' }

export default async function LettersPage({ searchParams }: PageProps<'/console/letters'>) {
  const { account } = await requireOperator()
  const { cursor } = await searchParams
  const { letters, nextCursor } = await listLetters(typeof cursor === 'string' ? { cursor } : {})
  if (letters.length === 0 && !cursor)
    return (
      <EmptyState title="No letters yet">
        Each letter that goes out is listed here. Sign up, and the first one is.
      </EmptyState>
    )
  return (
    <>
      <h1 className="text-20 font-semibold">Letters</h1>
      <div className="overflow-x-auto">
        <table className="w-full text-left">
          <thead className="text-quiet">
            <tr className="border-b border-line">
              <th className="py-2 pr-4 font-medium">Subject</th>
              <th className="py-2 pr-4 font-medium">To</th>
              <th className="py-2 pr-4 font-medium">Key</th>
              <th className="py-2 pr-4 font-medium">State</th>
              <th className="py-2 text-right font-medium">Sent</th>
            </tr>
          </thead>
          <tbody>
            {letters.map(({ id, subject, to, key, status, sentAt, createdAt }) => (
              <tr key={id} className="relative h-9 border-b border-line hover:bg-raised">
                <td className="max-w-80 truncate pr-4">
                  <Link href={`/console/letters/${id}`} className="after:absolute after:inset-0">
                    {subject}
                  </Link>
                </td>
                <td className="max-w-60 truncate pr-4">{to}</td>
                <td className="max-w-60 truncate pr-4 font-mono text-12 text-quiet">{key}</td>
                <td className="pr-4">
                  <Status of={status} />
                </td>
                <td className="text-right">
                  <Instant at={sentAt ?? createdAt} timeZone={account.timeZone} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
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
