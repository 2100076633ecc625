import { Since } from '@/app/_ui/instant'
import { PageLinks } from '@/app/_ui/page-links'
import { Timeline } from '@/app/_ui/timeline'
import { countWords } from '@/app/_ui/words'
import type { MovementPage, StockMovement } from '@/lib/stock/list-movements'
import { productHref } from '../addresses'

type Props = { page: MovementPage; isFirstPage: boolean; productId: string; now: Date; timeZone: string }

/** The stock ledger of a product, newest first. */
export function Movements({ page: { movements, nextCursor }, isFirstPage, productId, now, timeZone }: Props) {
  const href = productHref(productId)
  return (
    <>
      {movements.length === 0 ? (
        <p className="text-quiet">Nothing yet. Each delivery, sale and count will stand here.</p>
      ) : (
        <Timeline
          label="Stock movements"
          moments={movements.map((movement) => ({
            key: String(movement.id),
            mark: <Change movement={movement} />,
            at: <Since at={movement.at} now={now} timeZone={timeZone} />,
            children: (
              <>
                {words[movement.kind]}
                {movement.note ? <span className="block text-13 text-quiet">{movement.note}</span> : null}
              </>
            ),
          }))}
        />
      )}
      <PageLinks newest={isFirstPage ? null : href} older={nextCursor && `${href}?movements=${nextCursor}`} />
    </>
  )
}

const words: Record<StockMovement['kind'], string> = {
  opening: 'On hand at first',
  received: 'Received',
  adjusted: 'Adjusted',
  imported: 'Counted by an import',
  reserved: 'Reserved for an order',
  released: 'Released by an order',
  sold: 'Sold',
  returned: 'Returned',
}

/** By how many pieces: those on hand, and where those stay the same, those that are reserved. */
function Change({ movement: { onHandDelta, reservedDelta } }: { movement: StockMovement }) {
  const pieces = onHandDelta || reservedDelta
  const sign = pieces > 0 ? '+' : '−'
  return (
    <span className={`block w-14 text-right font-mono text-12 ${onHandDelta === 0 ? 'text-quiet' : 'font-medium'}`}>
      {onHandDelta === 0 ? <span className="sr-only">reserved </span> : null}
      {sign}
      {countWords(Math.abs(pieces))}
    </span>
  )
}
