import { db } from '../db'
import { isId } from '../is-id'
import { orderUrl } from './order-url'

/** The address of an order's page, by the unguessable id in it; null where there is none. */
export async function findOrderAddress(publicId: string): Promise<string | null> {
  if (!isId(publicId)) return null
  const order = await db().order.findUnique({ where: { publicId }, select: { account: { select: { slug: true } } } })
  return order ? orderUrl(order.account.slug, publicId) : null
}
