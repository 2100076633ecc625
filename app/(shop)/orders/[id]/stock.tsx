import { Since } from '@/app/_ui/instant'
import { Timeline } from '@/app/_ui/timeline'
import type { WholeOrder } from '@/lib/orders/find-order'
import { MovementChange } from '../../stock-movement'

type Props = { order: WholeOrder; now: Date; timeZone: string }

/** What the stock ledger says of an order, in the order in which it happened. */
export function Stock({ order: { movements, items }, now, timeZone }: Props) {
  if (movements.length === 0) return <p className="text-quiet">No stock was moved for it.</p>
  const titles = new Map(items.map(({ productId, title }) => [productId, title]))
  return (
    <Timeline
      label="Stock movements"
      moments={movements.map((movement) => ({
        key: String(movement.id),
        mark: <MovementChange movement={movement} />,
        at: <Since at={movement.at} now={now} timeZone={timeZone} />,
        children: (
          <>
            {movement.kind.charAt(0).toUpperCase() + movement.kind.slice(1)}
            <span className="block text-13 text-quiet">{titles.get(movement.productId)}</span>
          </>
        ),
      }))}
    />
  )
}
