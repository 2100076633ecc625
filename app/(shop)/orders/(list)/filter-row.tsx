import Form from 'next/form'
import { ClearLink } from '@/app/_ui/clear-link'
import { SearchField } from '@/app/_ui/search-form'
import type { OrderFilter } from '@/lib/orders/list-orders'

/** The search, within the tab that is open. */
export function FilterRow({ chosen: { status, search }, clearHref }: { chosen: OrderFilter; clearHref: string }) {
  return (
    <Form action="/orders" className="flex flex-wrap items-center gap-2">
      {status ? <input type="hidden" name="status" value={status} /> : null}
      <SearchField name="search" value={search} label="Search orders" placeholder="Number, customer or email" />
      {search ? <ClearLink href={clearHref} /> : null}
    </Form>
  )
}
