import { Status } from '@/app/_ui/status'
import type { Product } from '@/lib/products/find-product'

type Stocked = Pick<Product, 'available' | 'isAmple' | 'archivedAt'>

/** What an owner should know of a product at a glance; nothing of most. */
export function StockStatus({ product: { available, isAmple, archivedAt } }: { product: Stocked }) {
  if (archivedAt) return <Status of="archived" />
  if (available === 0) return <Status of="sold out" />
  return isAmple ? null : <Status of="low stock" />
}
