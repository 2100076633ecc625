import Link from 'next/link'
import { Instant } from '@/app/_ui/instant'
import { Status } from '@/app/_ui/status'
import type { LetterPage } from '@/lib/emails/list-letters'

/** The email ledger, a line a letter; the line is the link. */
export function LettersTable({ letters, timeZone }: { letters: LetterPage['letters']; timeZone: string }) {
  return (
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
          {letters.map((letter) => (
            <LetterRow key={letter.id} letter={letter} timeZone={timeZone} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function LetterRow({ letter, timeZone }: { letter: LetterPage['letters'][number]; timeZone: string }) {
  const { id, subject, to, key, status, sentAt, createdAt } = letter
  return (
    <tr className="relative h-9 border-b border-line hover:bg-raised">
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
        <Instant at={sentAt ?? createdAt} timeZone={timeZone} />
      </td>
    </tr>
  )
}
