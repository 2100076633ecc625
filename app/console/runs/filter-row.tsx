'use client'

import Form from 'next/form'
import { ClearLink } from '@/app/_ui/clear-link'
import { FilterSelect } from '@/app/_ui/field'
import { SearchField } from '@/app/_ui/search-form'

const times = [
  { value: '', name: 'Any time' },
  { value: '1h', name: 'Last hour' },
  { value: '24h', name: 'Last 24 hours' },
  { value: '7d', name: 'Last 7 days' },
  { value: '30d', name: 'Last 30 days' },
]

export type Chosen = {
  status?: string | undefined
  function?: string | undefined
  within?: string | undefined
  search?: string | undefined
}

/** Function, time and text. What is chosen holds at once; the text, on Enter. */
export function FilterRow({ chosen, functionIds }: { chosen: Chosen; functionIds: string[] }) {
  const isFiltered = Boolean(chosen.function || chosen.within || chosen.search)
  const submit = (event: { currentTarget: { form: HTMLFormElement | null } }) =>
    event.currentTarget.form?.requestSubmit()
  return (
    <Form action="/console/runs" className="flex flex-wrap items-center gap-2">
      {chosen.status ? <input type="hidden" name="status" value={chosen.status} /> : null}
      <SearchField
        name="search"
        value={chosen.search}
        label="Search runs"
        placeholder="Run, event or record, such as user/…"
      />
      <FilterSelect
        key={`function ${chosen.function}`}
        label="Function"
        name="function"
        defaultValue={chosen.function ?? ''}
        onChange={submit}
        options={[{ value: '', name: 'All functions' }, ...functionIds.map((id) => ({ value: id, name: id }))]}
      />
      <FilterSelect
        key={`within ${chosen.within}`}
        label="Time"
        name="within"
        defaultValue={chosen.within ?? ''}
        onChange={submit}
        options={times}
      />
      {isFiltered ? (
        <ClearLink href={chosen.status ? `/console/runs?status=${chosen.status}` : '/console/runs'} />
      ) : null}
    </Form>
  )
}
