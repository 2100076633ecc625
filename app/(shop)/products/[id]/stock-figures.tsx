import { countWords } from '@/app/_ui/words'
import type { Product } from '@/lib/products/find-product'

/** What there is of a product, what is promised of it, and what is left to sell. */
export function StockFigures({ product }: { product: Pick<Product, 'onHand' | 'reserved' | 'available'> }) {
  const figures = [
    { name: 'On hand', count: product.onHand },
    { name: 'Reserved', count: product.reserved },
    { name: 'Available', count: product.available },
  ]
  return (
    <dl className="grid grid-cols-3 gap-4">
      {figures.map(({ name, count }) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-13 text-quiet">{name}</dt>
          <dd className="text-28 font-medium">{countWords(count)}</dd>
        </div>
      ))}
    </dl>
  )
}
