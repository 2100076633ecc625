import { countWords } from '@/app/_ui/words'
import type { StockMovement } from '@/lib/stock/list-movements'

/** What a line of the stock ledger says. */
export const movementWords: Record<StockMovement['kind'], string> = {
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
export function MovementChange({ movement: { onHandDelta, reservedDelta } }: { movement: StockMovement }) {
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
