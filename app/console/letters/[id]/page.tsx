import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Instant } from '@/app/_ui/instant'
import { LetterView } from '@/app/_ui/letter-view'
import { Status } from '@/app/_ui/status'
import { requireOperator } from '@/app/guard'
import { findLetter } from '@/lib/emails/list-letters'

export const metadata: Metadata = { title: 'Letter' }

export default async function LetterPage({ params }: PageProps<'/console/letters/[id]'>) {
  const actor = await requireOperator()
  const letter = await findLetter(actor, (await params).id)
  if (!letter) notFound()
  const facts = [
    ['To', letter.to],
    ['Key', <code key="key">{letter.key}</code>],
    ['State', <Status key="state" of={letter.status} />],
    ['Sent', letter.sentAt ? <Instant key="sent" at={letter.sentAt} timeZone={actor.account.timeZone} /> : 'Not yet'],
    ...(letter.lastError ? [['Last answer', letter.lastError]] : []),
  ]
  return (
    <>
      <Link href="/console/letters" className="self-start text-quiet hover:text-ink">
        Letters
      </Link>
      <h1 className="text-20 font-semibold">{letter.subject}</h1>
      <dl className="grid grid-cols-[6rem_1fr] gap-y-1.5">
        {facts.map(([name, value]) => (
          <div key={String(name)} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      <LetterView subject={letter.subject} html={letter.html} text={letter.text} />
    </>
  )
}
