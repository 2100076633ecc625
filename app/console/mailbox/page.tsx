import type { Metadata } from 'next'
import Link from 'next/link'
import { EmptyState } from '@/app/_ui/empty-state'
import { LetterView } from '@/app/_ui/letter-view'
import { requireOperator } from '@/app/guard'
import { readMailbox } from '@/lib/emails/read-mailbox'

export const metadata: Metadata = { title: 'Mailbox' }

export default async function MailboxPage({ searchParams }: PageProps<'/console/mailbox'>) {
  const actor = await requireOperator()
  const { id } = await searchParams
  const letters = await readMailbox(actor)
  if (!letters)
    return <EmptyState title="No mailbox here">Letters go to the real provider; their readers have them.</EmptyState>
  if (letters.length === 0)
    return (
      <EmptyState title="The mailbox is empty">
        Every letter that is sent on this machine arrives here, links and all.
      </EmptyState>
    )
  const open = letters.find((letter) => letter.id === id) ?? letters[0]
  return (
    <>
      <h1 className="text-20 font-semibold">Mailbox</h1>
      <ol className="flex max-h-72 flex-col overflow-y-auto border-t border-line">
        {letters.map((letter) => (
          <li key={letter.id} className="border-b border-line">
            <Link
              href={`/console/mailbox?id=${letter.id}`}
              aria-current={letter.id === open?.id}
              className="flex min-h-9 items-center gap-4 px-2 hover:bg-raised aria-current:bg-raised aria-current:font-medium"
            >
              <span className="w-56 shrink-0 truncate text-quiet">{letter.letter.to.join(', ')}</span>
              <span className="truncate">{letter.letter.subject}</span>
            </Link>
          </li>
        ))}
      </ol>
      {open ? (
        <LetterView subject={open.letter.subject} html={open.letter.html ?? ''} text={open.letter.text ?? ''} />
      ) : null}
    </>
  )
}
