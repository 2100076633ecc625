import { Search } from 'lucide-react'
import Form from 'next/form'

const face =
  'h-11 w-full rounded-control border border-line-strong bg-surface pr-3 pl-8 text-16 placeholder:text-quiet sm:h-8 sm:text-13'

type SearchProps = { name: string; value: string | undefined; label: string; placeholder: string }

/** One line to search by; what was searched for stays in it. */
export function SearchField({ name, value, label, placeholder }: SearchProps) {
  return (
    <div className="relative min-w-0 flex-1 basis-64">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-quiet"
        size={14}
        strokeWidth={1.5}
      />
      <input
        key={value}
        type="search"
        name={name}
        defaultValue={value}
        aria-label={label}
        placeholder={placeholder}
        className={face}
      />
    </div>
  )
}

/** A search of its own, whose answer has an address. */
export function SearchForm({ action, ...field }: SearchProps & { action: string }) {
  return (
    <Form action={action} className="flex max-w-md">
      <SearchField {...field} />
    </Form>
  )
}
