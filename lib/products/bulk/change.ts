import { z } from 'zod'
import { MOST_MINOR, parseMoney } from '../../money/parse-money'
import { type ProductRefused, refusedField } from '../fields'

/** Kinds of changes, as their owner chooses one. */
export const changeKinds = ['price-percent', 'price-amount', 'stock-add', 'stock-set', 'archive', 'unarchive'] as const

const whole = z.number().int()

/** One change, as it is kept. */
export const bulkChange = z.discriminatedUnion('kind', [
  /** In hundredths of a percent: -1250 is 12.5 % less. */
  z.object({ kind: z.literal('price-percent'), hundredths: whole }),
  z.object({ kind: z.literal('price-amount'), minor: whole }),
  z.object({ kind: z.literal('stock-add'), pieces: whole }),
  z.object({ kind: z.literal('stock-set'), pieces: whole.min(0) }),
  z.object({ kind: z.literal('archive') }),
  z.object({ kind: z.literal('unarchive') }),
])

export type BulkChange = z.infer<typeof bulkChange>

/** What an owner fills in. What the value means, the kind says. */
export const changeForm = z.object({
  kind: z.enum(changeKinds, 'Choose what should change.'),
  value: z.string('Write a value.').trim().max(40, 'Write a shorter value.').default(''),
})

export type ChangeForm = z.infer<typeof changeForm>

export type ReadChange = { ok: true; change: BulkChange } | ProductRefused

const MOST_PERCENT = 1_000
const MOST_PIECES = 1_000_000

/** What a form asks for, or what would be right in its value. Pure. */
export function readChange({ kind, value }: ChangeForm, currency: string): ReadChange {
  if (kind === 'archive' || kind === 'unarchive') return { ok: true, change: { kind } }
  if (value === '') return refusedField('value', 'Write a value.')
  if (kind === 'price-percent') return readPercent(value)
  return kind === 'price-amount' ? readAmount(value, currency) : readPieces(kind, value)
}

function readPercent(text: string): ReadChange {
  const match = /^([+-]?)(\d{1,4})(?:[.,](\d{1,2}))?\s*%?$/.exec(text)
  if (!match) return refusedField('value', 'Write a percentage such as 10, or -12.5 for a lower price.')
  const [, sign, percent = '', part = ''] = match
  const hundredths = Number(percent) * 100 + Number(part.padEnd(2, '0'))
  if (hundredths === 0) return refusedField('value', 'By 0 % nothing would change.')
  if (sign === '-' && hundredths > 10_000) return refusedField('value', 'A price can be lowered by 100 % at most.')
  if (hundredths > MOST_PERCENT * 100) return refusedField('value', `Write ${MOST_PERCENT} % at most.`)
  return { ok: true, change: { kind: 'price-percent', hundredths: sign === '-' ? -hundredths : hundredths } }
}

function readAmount(text: string, currency: string): ReadChange {
  const isLess = text.startsWith('-')
  const read = parseMoney(text.replace(/^[+-]\s*/, ''), currency)
  if (!read.ok) return refusedField('value', read.problem)
  if (read.minor === 0) return refusedField('value', 'By nothing, nothing would change.')
  return { ok: true, change: { kind: 'price-amount', minor: isLess ? -read.minor : read.minor } }
}

function readPieces(kind: 'stock-add' | 'stock-set', text: string): ReadChange {
  const isSet = kind === 'stock-set'
  const wrong = isSet ? 'Write a whole number such as 12.' : 'Write a whole number such as 12, or -3 for fewer.'
  if (!(isSet ? /^\d{1,10}$/ : /^[+-]?\d{1,10}$/).test(text)) return refusedField('value', wrong)
  const pieces = Number(text)
  if (Math.abs(pieces) > MOST_PIECES) return refusedField('value', `Write ${MOST_PIECES} at most.`)
  if (!isSet && pieces === 0) return refusedField('value', 'By 0 pieces nothing would change.')
  return { ok: true, change: { kind, pieces } }
}

/** What of a product a change looks at. */
export type Target = { priceMinor: number; onHand: number; reserved: number; archivedAt: Date | null }

/** What a change makes of a product; `reason` says in words why it can't be. */
export type Outcome =
  | { kind: 'same' }
  | { kind: 'price'; priceMinor: number }
  | { kind: 'stock'; onHand: number }
  | { kind: 'archived'; isArchived: boolean }
  | { kind: 'refused'; reason: string }

const MOST_ON_HAND = 10_000_000

/** Pure: the preview and the change itself come to the same. */
export function outcomeOf(change: BulkChange, target: Target): Outcome {
  switch (change.kind) {
    case 'price-percent':
      // Halves go up, as on a bill.
      return priced(target, Math.floor((target.priceMinor * (10_000 + change.hundredths) + 5_000) / 10_000))
    case 'price-amount':
      return priced(target, target.priceMinor + change.minor)
    case 'stock-add':
      return stocked(target, target.onHand + change.pieces)
    case 'stock-set':
      return stocked(target, change.pieces)
    default: {
      const isArchived = change.kind === 'archive'
      return (target.archivedAt !== null) === isArchived ? { kind: 'same' } : { kind: 'archived', isArchived }
    }
  }
}

function priced(target: Target, priceMinor: number): Outcome {
  if (priceMinor === target.priceMinor) return { kind: 'same' }
  if (priceMinor < 0) return { kind: 'refused', reason: 'The price would be below nothing.' }
  if (priceMinor > MOST_MINOR) return { kind: 'refused', reason: 'The price would be higher than a payment can be.' }
  return { kind: 'price', priceMinor }
}

function stocked({ onHand, reserved }: Target, next: number): Outcome {
  if (next === onHand) return { kind: 'same' }
  if (next < 0) return { kind: 'refused', reason: `Only ${onHand} are on hand.` }
  if (next < reserved) return { kind: 'refused', reason: `${reserved} of ${onHand} are reserved for orders.` }
  if (next > MOST_ON_HAND) return { kind: 'refused', reason: `No more than ${MOST_ON_HAND} can be on hand.` }
  return { kind: 'stock', onHand: next }
}
