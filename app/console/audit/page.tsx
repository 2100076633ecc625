import type { Metadata } from 'next'
import { EmptyState } from '@/app/_ui/empty-state'
import { Instant } from '@/app/_ui/instant'
import { PageHead } from '@/app/_ui/page-head'
import { PageLinks } from '@/app/_ui/page-links'
import { Cell, Row, RowLink, Table } from '@/app/_ui/table'
import { requireOperator } from '@/app/guard'
import { type AuditPage, listActs } from '@/lib/audit/list-acts'
import { recordHref } from '../runs/addresses'
import { textOf } from '../search-params'

export const metadata: Metadata = { title: 'Audit' }

export default async function AuditListPage({ searchParams }: PageProps<'/console/audit'>) {
  const actor = await requireOperator()
  const { entries, nextCursor } = await listActs(actor, { cursor: textOf((await searchParams).cursor) })
  return (
    <>
      <PageHead title="Audit" />
      {entries.length === 0 ? (
        <EmptyState title="Nobody has acted yet">
          Who cancels a run or starts it again, pauses a function, replays or discards a letter, or moves the clock, is
          written down here.
        </EmptyState>
      ) : (
        <ActsTable entries={entries} timeZone={actor.account.timeZone} />
      )}
      <PageLinks older={nextCursor && `/console/audit?cursor=${nextCursor}`} />
    </>
  )
}

const columns = [
  { name: 'When', width: 'w-40 md:w-44' },
  { name: 'Who', isWideOnly: true, width: 'md:w-[20%]' },
  { name: 'Act', width: 'w-28' },
  { name: 'On what' },
  { name: 'More', isWideOnly: true, width: 'md:w-[28%]' },
]

function ActsTable({ entries, timeZone }: { entries: AuditPage['entries']; timeZone: string }) {
  return (
    <Table label="Acts" columns={columns}>
      {entries.map(({ id, at, actorEmail, act, subject, details }) => (
        <Row key={String(id)}>
          <Cell>
            <Instant at={at} timeZone={timeZone} />
          </Cell>
          <Cell isWideOnly>{actorEmail}</Cell>
          <Cell className="font-medium">{act}</Cell>
          <Cell className="font-mono text-12">
            <RowLink href={subject === 'clock' ? '/console/clock' : recordHref(subject)}>{subject}</RowLink>
          </Cell>
          <Cell isWideOnly className="text-quiet">
            {wordsOf(details)}
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

function wordsOf(details: unknown): string {
  return Object.entries((details ?? {}) as object)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ')
}
