import type { Metadata } from 'next'
import { ButtonLink } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { PageLinks } from '@/app/_ui/page-links'
import { TabLinks } from '@/app/_ui/tab-links'
import { requireActor } from '@/app/guard'
import { shopHref } from '@/app/s/addresses'
import { now } from '@/lib/clock'
import { countLowStock, listProducts, type ProductFilter, productFilter } from '@/lib/products/list-products'
import { productsHref } from '../addresses'
import { bulkHref } from '../bulk/addresses'
import { IMPORTS } from '../imports/addresses'
import { ChooseForm } from './choose'
import { FilterRow } from './filter-row'
import { ProductCards } from './product-cards'
import { ProductsTable } from './products-table'

export const metadata: Metadata = { title: 'Products' }

export default async function ProductsPage({ searchParams }: PageProps<'/products'>) {
  const actor = await requireActor()
  const filter = productFilter.parse(await searchParams)
  const [{ products, nextCursor }, lowStock] = await Promise.all([listProducts(actor, filter), countLowStock(actor)])
  const firstPage = { ...filter, cursor: undefined }
  return (
    <div className="flex flex-col gap-5">
      <PageHead title="Products">
        {products.length > 0 ? (
          <ButtonLink look="quiet" href={bulkHref({ filter: firstPage })}>
            Change many
          </ButtonLink>
        ) : null}
        <ButtonLink look="quiet" href={shopHref(actor.account.slug)}>
          See your shop
        </ButtonLink>
        <ButtonLink look="quiet" href={IMPORTS}>
          Import
        </ButtonLink>
        <ButtonLink href="/products/new">New product</ButtonLink>
      </PageHead>
      <FilterRow chosen={firstPage} clearHref={productsHref({ ...firstPage, search: undefined })} />
      <TabLinks label="Which products" tabs={tabsOf(firstPage, lowStock)} />
      {products.length > 0 ? (
        <>
          <div className="hidden md:block">
            <ChooseForm />
            <ProductsTable products={products} filter={filter} now={now()} timeZone={actor.account.timeZone} />
          </div>
          <div className="md:hidden">
            <ProductCards products={products} />
          </div>
        </>
      ) : (
        <Nothing filter={filter} />
      )}
      <PageLinks
        newest={filter.cursor ? productsHref(firstPage) : null}
        older={nextCursor && productsHref({ ...filter, cursor: nextCursor })}
        names={{ newest: 'First page', older: 'Next page' }}
      />
    </div>
  )
}

function tabsOf(filter: ProductFilter, lowStock: number) {
  const tab = (show: ProductFilter['show'], name: string, count?: number) => ({
    ...{ name, href: productsHref({ ...filter, show }), isCurrent: filter.show === show },
    ...(count === undefined ? {} : { count }),
  })
  return [tab('all', 'In the shop'), tab('low', 'Low stock', lowStock), tab('archived', 'Archived')]
}

function Nothing({ filter: { search, show, cursor } }: { filter: ProductFilter }) {
  if (search)
    return (
      <EmptyState title="No such products">
        No title and no SKU has all of “{search}” in it. Parts of words will do.
      </EmptyState>
    )
  if (show === 'low')
    return (
      <EmptyState title="Enough of everything">
        A product is listed here when no more of it is available than the level that you set for it.
      </EmptyState>
    )
  if (show === 'archived')
    return (
      <EmptyState title="Nothing is archived">
        A product that you no longer sell can be archived on its page. It is kept here, with its history.
      </EmptyState>
    )
  return cursor ? (
    <EmptyState title="No more products">This was the last page.</EmptyState>
  ) : (
    <EmptyState title="No products yet">
      What you sell is listed here, with its price and its stock. Press “New product” to add the first one.
    </EmptyState>
  )
}
