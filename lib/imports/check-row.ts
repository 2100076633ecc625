import { z } from 'zod'
import { parseMoney } from '../money/parse-money'
import { descriptionField, skuField, titleField } from '../products/fields'
import { quantityField } from '../stock/quantity-field'
import type { HeaderMap, ImportField } from './map-header'

/** What a row says of a product. What it leaves empty, it says nothing of. */
export type ImportRow = {
  rowNumber: number
  /** As the file has it. */
  record: readonly string[]
  sku: string
  title?: string | undefined
  description?: string | undefined
  priceMinor?: number | undefined
  onHand?: number | undefined
  lowStockLevel?: number | undefined
}

/** A row that is not taken, and the first thing that is wrong with it. */
export type Reject = { rowNumber: number; field: string; reason: string; text: string }

export type CheckedRow = { ok: true; row: ImportRow } | { ok: false; reject: Reject }

const MOST_TEXT = 500

const cells = z.object({
  sku: z.string('Enter an SKU.').pipe(skuField),
  title: titleField.optional(),
  description: descriptionField.optional(),
  price: z.string().optional(),
  currency: z.string().optional(),
  onHand: quantityField.optional(),
  lowStockLevel: quantityField.optional(),
})

/**
 * Checks one row of a file. Pure.
 * @param rowNumber as a spreadsheet counts: the header is row 1.
 * @param currency the shop's, which prices are in.
 */
export function checkRow(
  record: readonly string[],
  { rowNumber, fields, currency }: { rowNumber: number; fields: HeaderMap; currency: string },
): CheckedRow {
  const refuse = (field: string, reason: string): CheckedRow => ({
    ok: false,
    reject: rejectOf({ rowNumber, record }, field, reason),
  })
  if (record.slice(fields.length).some((cell) => cell.trim() !== ''))
    return refuse('row', `This row has more columns than the first one, which has ${fields.length}.`)
  const read = cells.safeParse(namedCells(record, fields))
  if (!read.success) {
    const issue = read.error.issues[0]
    return refuse(String(issue?.path[0] ?? 'row'), issue?.message ?? 'This row can’t be read.')
  }
  const { price, currency: written, ...rest } = read.data
  if (written !== undefined && written.toUpperCase() !== currency)
    return refuse('currency', `The shop’s currency is ${currency}.`)
  if (price === undefined) return { ok: true, row: { ...rest, rowNumber, record } }
  const money = parseMoney(price, currency)
  if (!money.ok) return refuse('price', money.problem)
  return { ok: true, row: { ...rest, priceMinor: money.minor, rowNumber, record } }
}

/** A row that is not taken. Pure. */
export function rejectOf(
  { rowNumber, record }: Pick<ImportRow, 'rowNumber' | 'record'>,
  field: string,
  reason: string,
): Reject {
  return { rowNumber, field, reason, text: textOf(record) }
}

/** A row in which nothing is written is no row. */
export const isBlank = (record: readonly string[]) => record.every((cell) => cell.trim() === '')

function namedCells(record: readonly string[], fields: HeaderMap): Partial<Record<ImportField, string>> {
  const named: Partial<Record<ImportField, string>> = {}
  for (const [i, field] of fields.entries()) {
    const cell = record[i]?.trim() ?? ''
    if (field && cell !== '') named[field] = cell
  }
  return named
}

/** A NUL is none of a database's texts, and neither is half of a character that the cut has left. */
function textOf(record: readonly string[]): string {
  return record.join(' | ').slice(0, MOST_TEXT).replaceAll('\u0000', '').toWellFormed()
}
