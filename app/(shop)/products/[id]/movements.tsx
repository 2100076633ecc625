import { Since } from '@/app/_ui/instant'
import { PageLinks } from '@/app/_ui/page-links'
import { Timeline } from '@/app/_ui/timeline'
import type { MovementPage } from '@/lib/stock/list-movements'
import { MovementChange, movementWords } from '../../stock-movement'
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
            mark: <MovementChange movement={movement} />,
            at: <Since at={movement.at} now={now} timeZone={timeZone} />,
            children: (
              <>
                {movementWords[movement.kind]}
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
