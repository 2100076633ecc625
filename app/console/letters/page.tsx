import type { Metadata } from 'next'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { PageLinks } from '@/app/_ui/page-links'
import { SearchForm } from '@/app/_ui/search-form'
import { requireOperator } from '@/app/guard'
import { listLetters } from '@/lib/emails/list-letters'
import { textOf } from '../search-params'
import { LettersTable } from './letters-table'

export const metadata: Metadata = { title: 'Letters' }

export default async function LettersPage({ searchParams }: PageProps<'/console/letters'>) {
  const actor = await requireOperator()
  const given = await searchParams
  const [cursor, to] = [textOf(given.cursor), textOf(given.to)]
  const { letters, nextCursor } = await listLetters(actor, { cursor, to })
  return (
    <>
      <PageHead title="Letters" />
      <SearchForm
        action="/console/letters"
        name="to"
        value={to}
        label="Letters to"
        placeholder="Letters to an address"
      />
      {letters.length > 0 ? <LettersTable letters={letters} timeZone={actor.account.timeZone} /> : null}
      {letters.length === 0 && to ? (
        <EmptyState title="No such letters">Nothing was written to this address.</EmptyState>
      ) : null}
      {letters.length === 0 && !to ? (
        <EmptyState title="No letters yet">
          Each letter that goes out is listed here. Sign up, and the first one is.
        </EmptyState>
      ) : null}
      <PageLinks
        older={nextCursor && `/console/letters?${new URLSearchParams({ cursor: nextCursor, ...(to ? { to } : {}) })}`}
      />
    </>
  )
}
