/** Where things of a shop are, by the name in its address. */
export const shopHref = (slug: string) => `/s/${slug}`
export const soldHref = (slug: string, productId: string) => `/s/${slug}/products/${productId}`
export const basketHref = (slug: string) => `/s/${slug}/basket`
export const checkoutHref = (slug: string) => `/s/${slug}/checkout`
export const orderHref = (slug: string, publicId: string) => `/s/${slug}/orders/${publicId}`

/** A page of what a shop sells, by what it was searched for and where it begins. */
export function shelfHref(slug: string, { search, cursor }: { search?: string | undefined; cursor?: string }): string {
  const query = new URLSearchParams({ ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) }).toString()
  return shopHref(slug) + (query ? `?${query}` : '')
}
