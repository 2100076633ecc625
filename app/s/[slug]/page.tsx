import { EmptyState } from '@/app/_ui/empty-state'
import { PageLinks } from '@/app/_ui/page-links'
import { SearchForm } from '@/app/_ui/search-form'
import { listPublicProducts, type ShelfFilter, shelfFilter } from '@/lib/storefront/list-public-products'
import { shelfHref, shopHref } from '../addresses'
import { ShelfGrid } from './shelf-grid'
import { requireOpenShop } from './shop'

export default async function ShelfPage({ params, searchParams }: PageProps<'/s/[slug]'>) {
  const shop = await requireOpenShop((await params).slug)
  const filter = shelfFilter.parse(await searchParams)
  const { products, nextCursor } = await listPublicProducts(shop, filter)
  const { slug, name } = shop
  const isEmpty = products.length === 0 && !filter.search && !filter.cursor
  return (
    <div className="flex flex-1 flex-col gap-6 sm:gap-8">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <h1 className="min-w-0 text-28 font-semibold break-words">{headingOf(filter, isEmpty, name)}</h1>
        {isEmpty ? null : (
          <div className="w-full sm:w-72">
            <SearchForm
              action={shopHref(slug)}
              name="search"
              value={filter.search}
              label={`Search ${name}`}
              placeholder="Search"
            />
          </div>
        )}
      </div>
      {products.length > 0 ? <ShelfGrid products={products} slug={slug} /> : <Nothing filter={filter} />}
      <PageLinks
        newest={filter.cursor ? shelfHref(slug, { search: filter.search }) : null}
        older={nextCursor && shelfHref(slug, { search: filter.search, cursor: nextCursor })}
        names={{ newest: 'First page', older: 'Next page' }}
      />
    </div>
  )
}

function headingOf({ search }: ShelfFilter, isEmpty: boolean, name: string): string {
  if (search) return `Found for “${search}”`
  return isEmpty ? name : 'Everything in the shop'
}

function Nothing({ filter: { search, cursor } }: { filter: ShelfFilter }) {
  if (search)
    return (
      <EmptyState title="Nothing was found">
        No title has all of “{search}” in it. Try fewer words, or parts of them.
      </EmptyState>
    )
  return cursor ? (
    <EmptyState title="That was all">There is nothing more on this page.</EmptyState>
  ) : (
    <EmptyState title="Nothing is for sale yet">
      What this shop sells will stand here. Please look in again soon.
    </EmptyState>
  )
}
