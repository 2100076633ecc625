import type { Metadata } from 'next'
import Link from 'next/link'
import { EmptyState } from '@/app/_ui/empty-state'
import { LetterView } from '@/app/_ui/letter-view'
import { PageHead } from '@/app/_ui/page-head'
import { requireOperator } from '@/app/guard'
import { type MailboxLetter, readMailbox } from '@/lib/emails/read-mailbox'
import { textOf } from '../search-params'

export const metadata: Metadata = { title: 'Mailbox' }

export default async function MailboxPage({ searchParams }: PageProps<'/console/mailbox'>) {
  const actor = await requireOperator()
  const id = textOf((await searchParams).id)
  const letters = await readMailbox(actor)
  const open = letters?.find((letter) => letter.id === id) ?? letters?.[0]
  return (
    <>
      <div className="flex flex-col gap-1">
        <PageHead title="Mailbox" />
        <p className="text-quiet">
          The inbox of everybody on this machine: letters as they went out, with links that work.
        </p>
      </div>
      {letters ? null : (
        <EmptyState title="No mailbox here">Letters go to the real provider; their readers have them.</EmptyState>
      )}
      {letters?.length === 0 ? (
        <EmptyState title="The mailbox is empty">
          Every letter that is sent on this machine arrives here, links and all.
        </EmptyState>
      ) : null}
      {letters && open ? <Inbox letters={letters} openId={open.id} /> : null}
      {open ? (
        <LetterView subject={open.letter.subject} html={open.letter.html ?? ''} text={open.letter.text ?? ''} />
      ) : null}
    </>
  )
}

function Inbox({ letters, openId }: { letters: MailboxLetter[]; openId: string }) {
  return (
    <ol className="flex max-h-72 flex-col overflow-y-auto border-t border-line">
      {letters.map(({ id, letter }) => (
        <li key={id} className="shrink-0 border-b border-line">
          <Link
            data-row
            href={`/console/mailbox?id=${id}`}
            prefetch={false}
            aria-current={id === openId}
            className="flex min-h-11 flex-wrap items-center gap-x-4 px-2 hover:bg-raised aria-[current=true]:bg-surface aria-[current=true]:font-medium aria-[current=true]:shadow-[inset_2px_0_0_var(--accent)] sm:min-h-9 sm:flex-nowrap"
          >
            <span className="w-full truncate text-quiet sm:w-56 sm:shrink-0">{letter.to.join(', ')}</span>
            <span className="truncate">{letter.subject}</span>
          </Link>
        </li>
      ))}
    </ol>
  )
}
