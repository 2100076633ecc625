import Link from 'next/link'
import { Since } from '@/app/_ui/instant'
import { letterStatusWord, Status } from '@/app/_ui/status'
import { Timeline } from '@/app/_ui/timeline'
import type { OrderLetter } from '@/lib/orders/find-order'

type Props = { letters: OrderLetter[]; now: Date; timeZone: string; linked: boolean }

/** What the customer was told of an order; an operator may look at each. */
export function Letters({ letters, now, timeZone, linked }: Props) {
  if (letters.length === 0) return <p className="text-quiet">None yet.</p>
  return (
    <Timeline
      label="Letters"
      moments={letters.map(({ id, subject, status, sentAt, createdAt }) => ({
        key: id,
        mark: (
          <span className="block w-24">
            <Status of={letterStatusWord(status)} />
          </span>
        ),
        at: <Since at={sentAt ?? createdAt} now={now} timeZone={timeZone} />,
        children: linked ? (
          <Link href={`/console/letters/${id}`} className="hover:underline">
            {subject}
          </Link>
        ) : (
          subject
        ),
      }))}
    />
  )
}
