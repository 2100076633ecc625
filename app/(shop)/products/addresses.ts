import type { ProductFilter } from '@/lib/products/list-products'

/** The address of the list under a filter; what goes without saying is left out. */
export function productsHref({ show, sort, search, cursor }: Partial<ProductFilter>): string {
  const given = { show: show === 'all' ? '' : show, sort: sort === 'low' ? '' : sort, search, cursor }
  const query = new URLSearchParams(Object.entries(given).filter((entry): entry is [string, string] => !!entry[1]))
  return query.size > 0 ? `/products?${query}` : '/products'
}

/** Where a product is looked at and edited. */
export const productHref = (id: string) => `/products/${id}`
