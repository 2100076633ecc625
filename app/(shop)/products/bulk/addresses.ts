import type { Selection } from '@/lib/products/bulk/selection'

/** Where a change of many products is filled in. */
export function bulkHref(selection: Selection): string {
  return `/products/bulk?${new URLSearchParams(fieldsOf(selection))}`
}

/** A selection as the fields of an address, which `selectionOf` reads. */
export function fieldsOf(selection: Selection): [string, string][] {
  if ('ids' in selection) return selection.ids.map((id) => ['id', id])
  const { show, search } = selection.filter
  return [['show', show], ...(search ? [['search', search] as [string, string]] : [])]
}

export const bulkUpdateHref = (id: string) => `/products/bulk/${id}`
