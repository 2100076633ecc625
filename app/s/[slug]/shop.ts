import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { cache } from 'react'
import { refreshClock } from '@/lib/clock'
import { findShop, type Shop } from '@/lib/storefront/find-shop'

/** The shop of this address, if there is one; read once a request. */
export const currentShop = cache(async (slug: string): Promise<Shop | null> => {
  await connection()
  await refreshClock()
  return findShop(slug)
})

/** The shop of this address; for one that isn't there, neither is the page. */
export async function requireShop(slug: string): Promise<Shop> {
  return (await currentShop(slug)) ?? notFound()
}

/** The shop of this address, where it sells something; one that is closed has no such page. */
export async function requireOpenShop(slug: string): Promise<Shop> {
  const shop = await requireShop(slug)
  return shop.isOpen ? shop : notFound()
}
