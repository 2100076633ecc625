import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { EmptyState } from '@/app/_ui/empty-state'
import { Since } from '@/app/_ui/instant'
import { PageHead } from '@/app/_ui/page-head'
import { PageLinks } from '@/app/_ui/page-links'
import { Status } from '@/app/_ui/status'
import { TabLinks } from '@/app/_ui/tab-links'
import { Cell, Row, RowLink, Table } from '@/app/_ui/table'
import { requireOperator } from '@/app/guard'
import { now } from '@/lib/clock'
import { deadLetterStatuses, findGroup, type LetterLine } from '@/lib/dead-letters/list-dead-letters'
import { Live } from '../../live'
import { letterTabs } from '../letter-tabs'
import { ReplayAll } from '../replay-dialogs'

export const metadata: Metadata = { title: 'Dead letters by one cause' }

const query = z.object({
  status: z.enum(deadLetterStatuses).catch('open'),
  cursor: z.string().optional().catch(undefined),
})

export default async function GroupPage({ params, searchParams }: PageProps<'/console/dead-letters/[groupId]'>) {
  const actor = await requireOperator()
  const { groupId } = await params
  const { status, cursor } = query.parse(await searchParams)
  const view = await findGroup(actor, groupId, { status, cursor })
  if (!view) notFound()
  const { group, letters, counts, nextCursor } = view
  const path = `/console/dead-letters/${groupId}`
  return (
    <>
      <div className="flex flex-col gap-1">
        <PageHead title={group.cause} back={{ href: '/console/dead-letters', name: 'Dead letters' }}>
          <Live isList />
          {counts.open > 0 ? <ReplayAll groupId={groupId} count={counts.open} functionId={group.functionId} /> : null}
        </PageHead>
        <p className="text-quiet">
          <span className="font-mono text-12 text-failed">{group.errorName}</span> in {group.functionId}
        </p>
      </div>
      <TabLinks label="Letters by state" tabs={letterTabs(path, status, counts)} />
      {letters.length > 0 ? (
        <LettersTable letters={letters} timeZone={actor.account.timeZone} />
      ) : (
        <EmptyState title="None">No letter of this group is in this state.</EmptyState>
      )}
      <PageLinks older={nextCursor && `${path}?status=${status}&cursor=${nextCursor}`} />
    </>
  )
}

const columns = [
  { name: 'State', width: 'w-28' },
  { name: 'What it said' },
  { name: 'Run', isWideOnly: true, width: 'md:w-60' },
  { name: 'Attempts', isNumber: true, isWideOnly: true, width: 'w-24' },
  { name: 'Failed', isNumber: true, width: 'w-24' },
]

function LettersTable({ letters, timeZone }: { letters: LetterLine[]; timeZone: string }) {
  const at = now()
  return (
    <Table label="Dead letters" columns={columns}>
      {letters.map(({ id, status, message, runId, attempts, failedAt }) => (
        <Row key={id}>
          <Cell>
            <Status of={status} />
          </Cell>
          <Cell>
            <RowLink href={`/console/dead-letters/letters/${id}`}>{message}</RowLink>
          </Cell>
          <Cell isWideOnly className="font-mono text-12 text-quiet">
            {runId}
          </Cell>
          <Cell isNumber isWideOnly>
            {attempts}
          </Cell>
          <Cell isNumber>
            <Since at={failedAt} now={at} timeZone={timeZone} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
