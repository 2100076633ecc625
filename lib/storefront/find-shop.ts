import { db } from '../db'
import { isId } from '../is-id'

/** What everybody may know of a shop. */
export type Shop = {
  id: string
  name: string
  slug: string
  /** One that is closed sells nothing any more; its customers still find their orders. */
  isOpen: boolean
}

/** A shop by the name in its address; null where there is none. */
export async function findShop(slug: string): Promise<Shop | null> {
  const account = isId(slug) ? await db().account.findUnique({ where: { slug } }) : null
  return account && { id: account.id, name: account.name, slug, isOpen: account.isActive }
}
