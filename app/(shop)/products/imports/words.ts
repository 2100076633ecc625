import type { StatusWord } from '@/app/_ui/status'
import type { ImportView } from '@/lib/imports/find-import'

/** An import's status as its mark says it. */
export function statusWord(status: ImportView['status']): StatusWord {
  return status === 'uploaded' ? 'queued' : status
}

const fieldNames: Record<string, string> = {
  ...{ sku: 'SKU', title: 'Title', description: 'Description', price: 'Price', currency: 'Currency' },
  ...{ onHand: 'Stock', lowStockLevel: 'Low stock level', row: 'Row' },
}

/** A field of a row as its owner reads it. */
export const fieldWords = (field: string) => fieldNames[field] ?? field
