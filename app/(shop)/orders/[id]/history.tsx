import { Instant } from '@/app/_ui/instant'
import { Status } from '@/app/_ui/status'
import { Timeline } from '@/app/_ui/timeline'
import type { WholeOrder } from '@/lib/orders/find-order'
import { historyOf } from './history-of'

/** How an order has come to where it is: the first thing first. */
export function History({ order, timeZone }: { order: WholeOrder; timeZone: string }) {
  const happenings = historyOf(order)
  const hasMarks = happenings.some(({ mark }) => mark)
  return (
    <Timeline
      label="What has happened"
      moments={happenings.map(({ key, at, mark, words, note }) => ({
        key,
        mark: hasMarks ? <span className="block w-24 sm:w-28">{mark ? <Status of={mark} /> : null}</span> : null,
        at: <Instant at={at} timeZone={timeZone} />,
        children: (
          <>
            <span className={mark ? 'text-quiet' : 'font-medium'}>{words}</span>
            {note ? <span className="block text-13 text-quiet">{note}</span> : null}
          </>
        ),
      }))}
    />
  )
}
