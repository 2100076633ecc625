'use client'

import Form from 'next/form'
import { ClearLink } from '@/app/_ui/clear-link'
import { FilterSelect } from '@/app/_ui/field'
import { SearchField } from '@/app/_ui/search-form'

const sorts = [
  { value: 'low', name: 'Low stock first' },
  { value: 'title', name: 'Title, A to Z' },
  { value: '-title', name: 'Title, Z to A' },
  { value: 'price', name: 'Lowest price first' },
  { value: '-price', name: 'Highest price first' },
  { value: 'stock', name: 'Least available first' },
  { value: '-stock', name: 'Most available first' },
  { value: '-updated', name: 'Last edited first' },
  { value: 'updated', name: 'Longest not edited first' },
]

type Chosen = { show: string; sort: string; search?: string | undefined }

/** Text and order. What is chosen holds at once; the text, on Enter. */
export function FilterRow({ chosen, clearHref }: { chosen: Chosen; clearHref: string }) {
  return (
    <Form action="/products" className="flex flex-wrap items-center gap-2">
      {chosen.show === 'all' ? null : <input type="hidden" name="show" value={chosen.show} />}
      <SearchField name="search" value={chosen.search} label="Search products" placeholder="Title or SKU" />
      <FilterSelect
        key={chosen.sort}
        label="Order"
        name="sort"
        defaultValue={chosen.sort}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
        options={sorts}
      />
      {chosen.search ? <ClearLink href={clearHref} /> : null}
    </Form>
  )
}
