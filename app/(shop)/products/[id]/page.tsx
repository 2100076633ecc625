import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { requireActor } from '@/app/guard'
import { now } from '@/lib/clock'
import { listImages } from '@/lib/images/list-images'
import { decimalText } from '@/lib/money/format-money'
import { findProduct, type Product } from '@/lib/products/find-product'
import { listMovements } from '@/lib/stock/list-movements'
import { ProductForm } from '../product-form'
import { StockStatus } from '../stock-status'
import { AdjustForm } from './adjust-form'
import { ArchiveButton } from './archive-button'
import { Images } from './images'
import { Movements } from './movements'
import { StockFigures } from './stock-figures'

export const metadata: Metadata = { title: 'Product' }

export default async function ProductPage({ params, searchParams }: PageProps<'/products/[id]'>) {
  const actor = await requireActor()
  const [{ id }, { movements: cursor }] = await Promise.all([params, searchParams])
  const [product, page, images] = await Promise.all([
    findProduct(actor, id),
    listMovements(actor, id, { cursor: typeof cursor === 'string' ? cursor : undefined }),
    listImages(actor, id),
  ])
  if (!product) notFound()
  const { timeZone } = actor.account
  return (
    <div className="flex flex-col gap-8">
      <PageHead title={product.title} back={{ href: '/products', name: 'Products' }}>
        <StockStatus product={product} />
        <ArchiveButton productId={id} title={product.title} isArchived={product.archivedAt !== null} />
      </PageHead>
      <div className="grid gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-10">
          <Panel title="Details">
            <ProductForm key={id} currency={product.currency} edited={editedOf(product)} />
          </Panel>
          <Panel title="Pictures">
            <Images images={images} productId={id} />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-10">
          <Panel title="Stock">
            <StockFigures product={product} />
            <AdjustForm productId={id} />
          </Panel>
          <Panel title="Movements">
            <Movements page={page} isFirstPage={cursor === undefined} productId={id} now={now()} timeZone={timeZone} />
          </Panel>
        </div>
      </div>
    </div>
  )
}

function editedOf({ id, title, sku, priceMinor, currency, lowStockLevel, description, updatedAt }: Product) {
  const price = decimalText(priceMinor, currency)
  const values = { title, sku, price, lowStockLevel: String(lowStockLevel), description }
  return { productId: id, seenAt: updatedAt.toISOString(), values }
}
