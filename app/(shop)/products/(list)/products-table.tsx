import { Since } from '@/app/_ui/instant'
import { Cell, type Column, Row, RowLink, Table } from '@/app/_ui/table'
import { countWords } from '@/app/_ui/words'
import { formatMoney } from '@/lib/money/format-money'
import type { ProductFilter, ProductLine } from '@/lib/products/list-products'
import { productHref, productsHref } from '../addresses'
import { StockStatus } from '../stock-status'
import { Choose } from './choose'

type Props = { products: ProductLine[]; filter: ProductFilter; now: Date; timeZone: string }

/** Products, a line each, on a wide screen. */
export function ProductsTable({ products, filter, now, timeZone }: Props) {
  return (
    <Table label="Products" columns={columnsOf(filter)} headAt="top-0">
      {products.map((product) => (
        <Row key={product.id} height="roomy">
          <Cell>
            <Choose id={product.id} title={product.title} />
          </Cell>
          <Cell>
            <RowLink href={productHref(product.id)} className="font-medium">
              {product.title}
            </RowLink>
            <span className="block truncate font-mono text-12 text-quiet">{product.sku}</span>
          </Cell>
          <Cell>
            <StockStatus product={product} />
          </Cell>
          <Cell isNumber>{formatMoney(product.priceMinor, product.currency)}</Cell>
          <Cell isNumber>{countWords(product.available)}</Cell>
          <Cell isNumber className="text-quiet">
            {product.reserved > 0 ? countWords(product.reserved) : ''}
          </Cell>
          <Cell isNumber className="text-quiet">
            <Since at={product.updatedAt} now={now} timeZone={timeZone} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

function columnsOf(filter: ProductFilter): Column[] {
  return [
    { name: 'Pick', width: 'w-12' },
    { name: 'Product', sort: sortOf(filter, 'title') },
    { name: 'Stock', width: 'w-28' },
    { name: 'Price', isNumber: true, width: 'w-28', sort: sortOf(filter, 'price') },
    { name: 'Available', isNumber: true, width: 'w-24', sort: sortOf(filter, 'stock') },
    { name: 'Reserved', isNumber: true, width: 'w-20' },
    { name: 'Edited', isNumber: true, width: 'w-24', sort: sortOf(filter, 'updated', '-') },
  ]
}

/**
 * How a column's head sorts: pressed again, the other way round.
 * @param first which way it is sorted the first time.
 */
function sortOf(filter: ProductFilter, by: 'title' | 'price' | 'stock' | 'updated', first: '' | '-' = '') {
  const [one, other] = first === '' ? ([by, `-${by}`] as const) : ([`-${by}`, by] as const)
  const now = filter.sort === by ? 'ascending' : filter.sort === `-${by}` ? 'descending' : undefined
  const sort = filter.sort === one ? other : one
  return { href: productsHref({ ...filter, sort, cursor: undefined }), now } as const
}
