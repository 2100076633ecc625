/** The columns of a file that are read, and what they may be called; anything but letters and digits doesn't count. */
const aliases = {
  sku: ['sku', 'articlenumber', 'articleno', 'itemnumber', 'productcode', 'code', 'variantsku'],
  title: ['title', 'name', 'productname', 'product'],
  description: ['description', 'details', 'body', 'bodyhtml', 'text'],
  price: ['price', 'unitprice', 'amount', 'variantprice'],
  currency: ['currency', 'currencycode'],
  onHand: ['onhand', 'stock', 'quantity', 'qty', 'inventory', 'stockonhand', 'variantinventoryqty'],
  lowStockLevel: ['lowstocklevel', 'lowstock', 'reorderlevel', 'reorderpoint', 'minimumstock', 'minstock'],
} as const

export type ImportField = keyof typeof aliases

/** Which field each column is; null for one that is not read. */
export type HeaderMap = (ImportField | null)[]

export type MappedHeader = { ok: true; fields: HeaderMap } | { ok: false; problem: string }

const fieldOf = new Map<string, ImportField>(
  Object.entries(aliases).flatMap(([field, names]) => names.map((name) => [name, field as ImportField])),
)

/** Finds the columns of a file by the names in its first row; the SKU has to be among them. Pure. */
export function mapHeader(names: readonly string[]): MappedHeader {
  const fields = names.map((name) => fieldOf.get(name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')) ?? null)
  const twice = fields.find((field, i) => field !== null && fields.indexOf(field) !== i)
  if (twice) {
    const columns = names.filter((_, i) => fields[i] === twice).map((name) => `“${name.trim().slice(0, 40)}”`)
    return wrong(`The columns ${columns.join(' and ')} mean the same. Leave one of them out.`)
  }
  if (!fields.includes('sku')) return wrong('The first row should name the columns, and one of them should be “SKU”.')
  if (fields.filter(Boolean).length === 1)
    return wrong('Beside the SKU there should be a column such as “Title”, “Price” or “Stock”.')
  return { ok: true, fields }
}

const wrong = (problem: string): MappedHeader => ({ ok: false, problem })
