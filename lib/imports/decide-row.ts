import { type ImportRow, type Reject, rejectOf } from './check-row'

/** What of a product that is there already an import looks at. */
export type KnownProduct = {
  id: string
  sku: string
  title: string
  description: string
  priceMinor: number
  currency: string
  lowStockLevel: number
  onHand: number
  reserved: number
}

export type Columns = Pick<KnownProduct, 'title' | 'description' | 'priceMinor' | 'lowStockLevel'>

/** What becomes of a row. */
export type Decision =
  | { kind: 'created'; columns: Columns & { sku: string; onHand: number } }
  /** `columns` and `onHand` are there where they change. */
  | { kind: 'updated'; id: string; columns?: Columns; onHand?: number }
  | { kind: 'unchanged' }
  | { kind: 'bad'; reject: Reject }

/**
 * Decides what a row does to the shop. Pure: a dry run comes to the same.
 * @param known the product of its SKU, if there is one.
 * @param currency the shop's, which the row's price is in.
 */
export function decideRow(row: ImportRow, known: KnownProduct | undefined, currency: string): Decision {
  return known ? change(row, known, currency) : create(row)
}

function create(row: ImportRow): Decision {
  const { sku, title, priceMinor, description = '', lowStockLevel = 0, onHand = 0 } = row
  if (title === undefined) return bad(row, 'title', 'No product has this SKU, and a new one needs a title.')
  if (priceMinor === undefined) return bad(row, 'price', 'No product has this SKU, and a new one needs a price.')
  return { kind: 'created', columns: { sku, title, description, priceMinor, lowStockLevel, onHand } }
}

function change(row: ImportRow, known: KnownProduct, currency: string): Decision {
  if (row.priceMinor !== undefined && known.currency !== currency)
    return bad(row, 'price', `This product is priced in ${known.currency}; its price can’t be changed in ${currency}.`)
  const columns = {
    title: row.title ?? known.title,
    description: row.description ?? known.description,
    priceMinor: row.priceMinor ?? known.priceMinor,
    lowStockLevel: row.lowStockLevel ?? known.lowStockLevel,
  }
  const onHand = row.onHand ?? known.onHand
  if (onHand < known.reserved) return bad(row, 'onHand', `${known.reserved} are reserved for orders.`)
  const isChanged = (Object.keys(columns) as (keyof Columns)[]).some((name) => columns[name] !== known[name])
  const isMoved = onHand !== known.onHand
  if (!isChanged && !isMoved) return { kind: 'unchanged' }
  return { kind: 'updated', id: known.id, ...(isChanged ? { columns } : {}), ...(isMoved ? { onHand } : {}) }
}

function bad(row: ImportRow, field: string, reason: string): Decision {
  return { kind: 'bad', reject: rejectOf(row, field, reason) }
}
