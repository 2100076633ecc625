import { several } from '@/app/_ui/words'
import { formatMoney } from '@/lib/money/format-money'
import type { BulkChange, ChangeForm, Outcome } from '@/lib/products/bulk/change'

/** The changes to choose from: what the value is called and means, where there is one. */
export const kinds: { value: ChangeForm['kind']; name: string; field?: string; hint?: string }[] = [
  {
    value: 'price-percent',
    name: 'Price, by percent',
    field: 'Percent',
    hint: 'Such as 10, or -12.5 for lower prices.',
  },
  {
    value: 'price-amount',
    name: 'Price, by an amount',
    field: 'Amount',
    hint: 'Such as 1.50, or -2 for lower prices.',
  },
  { value: 'stock-add', name: 'Stock, more or fewer', field: 'Pieces', hint: 'Such as 12, or -3 for fewer.' },
  { value: 'stock-set', name: 'Stock, as counted', field: 'Pieces', hint: 'What is on hand of each.' },
  { value: 'archive', name: 'Archive them' },
  { value: 'unarchive', name: 'Put them back into the shop' },
]

/** A change in a few words, such as `Prices 10 % higher`. */
export function changeWords(change: BulkChange, currency: string): string {
  switch (change.kind) {
    case 'price-percent':
      return `Prices ${Math.abs(change.hundredths) / 100} % ${wayOf(change.hundredths)}`
    case 'price-amount':
      return `Prices ${formatMoney(Math.abs(change.minor), currency)} ${wayOf(change.minor)}`
    case 'stock-add':
      return `${several(Math.abs(change.pieces), 'piece')} ${change.pieces > 0 ? 'more' : 'fewer'} of each`
    case 'stock-set':
      return `${several(change.pieces, 'piece')} of each`
    default:
      return change.kind === 'archive' ? 'Archived' : 'Back in the shop'
  }
}

const wayOf = (signed: number) => (signed > 0 ? 'higher' : 'lower')

/** What a product has now, and what it would have. */
export function beforeAndAfter(line: { priceMinor: number; currency: string; onHand: number; outcome: Outcome }) {
  const { priceMinor, currency, onHand, outcome } = line
  switch (outcome.kind) {
    case 'price':
      return { before: formatMoney(priceMinor, currency), after: formatMoney(outcome.priceMinor, currency) }
    case 'stock':
      return { before: `${onHand} on hand`, after: `${outcome.onHand} on hand` }
    case 'archived':
      return outcome.isArchived
        ? { before: 'in the shop', after: 'archived' }
        : { before: 'archived', after: 'in the shop' }
    default:
      return { before: '', after: '' }
  }
}
