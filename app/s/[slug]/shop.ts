import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { cache } from 'react'
import { refreshClock } from '@/lib/clock'
import { findShop, type Shop } from '@/lib/storefront/find-shop'

/** The shop of this address; read once a request. For one that isn't there, neither is the page. */
export const requireShop = cache(async (slug: string): Promise<Shop> => {
  await connection()
  await refreshClock()
  return (await findShop(slug)) ?? notFound()
})

/** The shop of this address, where it sells something; one that is closed has no such page. */
export async function requireOpenShop(slug: string): Promise<Shop> {
  const shop = await requireShop(slug)
  return shop.isOpen ? shop : notFound()
}
