import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { requireActor } from '@/app/guard'
import { changeForm } from '@/lib/products/bulk/change'
import { type BulkPreview, previewBulkUpdate } from '@/lib/products/bulk/preview-bulk-update'
import { type Selection, selection } from '@/lib/products/bulk/selection'
import { fieldsOf } from './addresses'
import { ApplyButton } from './apply-button'
import { ChangeFields } from './change-fields'
import { Preview } from './preview'

export const metadata: Metadata = { title: 'Change many products' }

export default async function BulkPage({ searchParams }: PageProps<'/products/bulk'>) {
  const actor = await requireActor()
  const params = await searchParams
  const read = selection.safeParse(params.id ? { ids: [params.id].flat() } : { filter: params })
  if (!read.success) notFound()
  const form = changeForm.safeParse(params)
  const preview = form.success ? await previewBulkUpdate(actor, read.data, form.data) : null
  const count = preview?.ok ? countOf(preview) : 0
  const chosen = form.success ? form.data : { kind: 'price-percent', value: '' }
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <PageHead title="Change many products" back={{ href: '/products', name: 'Products' }} />
      <p className="text-quiet">{whichWords(read.data)} Look at what it would do first; nothing changes until then.</p>
      <ChangeFields
        key={`${chosen.kind} ${chosen.value}`}
        hidden={fieldsOf(read.data)}
        chosen={chosen}
        error={preview?.ok === false ? preview.fields?.value : undefined}
      />
      {preview?.ok && preview.total === 0 ? (
        <EmptyState title="No such products">There is nothing to change: no product fits.</EmptyState>
      ) : null}
      {preview?.ok && form.success && preview.total > 0 ? (
        <>
          <Preview preview={preview} />
          {count > 0 ? (
            <div>
              <ApplyButton count={count} selection={read.data} formId={randomUUID()} {...form.data} />
            </div>
          ) : null}
        </>
      ) : null}
    </div>
  )
}

/** How many would change; of more than were looked at, how many there are. */
function countOf({ total, lookedAt, changed }: Extract<BulkPreview, { ok: true }>): number {
  return total > lookedAt ? total : changed
}

function whichWords(chosen: Selection): string {
  if ('ids' in chosen) return 'For the products that you have chosen.'
  const { show, search } = chosen.filter
  const which = { all: 'all products in the shop', low: 'all whose stock is low', archived: 'all that are archived' }
  return `For ${which[show]}${search ? ` that have “${search}” in title or SKU` : ''}.`
}
