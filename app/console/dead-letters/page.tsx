import type { Metadata } from 'next'
import { z } from 'zod'
import { EmptyState } from '@/app/_ui/empty-state'
import { Since } from '@/app/_ui/instant'
import { PageHead } from '@/app/_ui/page-head'
import { TabLinks } from '@/app/_ui/tab-links'
import { Cell, Row, RowLink, Table } from '@/app/_ui/table'
import { requireOperator } from '@/app/guard'
import { now } from '@/lib/clock'
import { countDeadLetters, deadLetterStatuses, type GroupLine, listGroups } from '@/lib/dead-letters/list-dead-letters'
import { Live } from '../live'
import { letterTabs } from './letter-tabs'

export const metadata: Metadata = { title: 'Dead letters' }

const query = z.object({ status: z.enum(deadLetterStatuses).catch('open') })

export default async function DeadLettersPage({ searchParams }: PageProps<'/console/dead-letters'>) {
  const actor = await requireOperator()
  const { status } = query.parse(await searchParams)
  const [groups, counts] = await Promise.all([listGroups(actor, status), countDeadLetters(actor)])
  return (
    <>
      <PageHead title="Dead letters">
        <Live isList />
      </PageHead>
      <TabLinks label="Dead letters by state" tabs={letterTabs('/console/dead-letters', status, counts)} />
      {groups.length > 0 ? (
        <GroupsTable groups={groups} status={status} timeZone={actor.account.timeZone} />
      ) : (
        <EmptyState title={status === 'open' ? 'Nothing has failed for good' : 'None'}>
          A run that has failed at its last attempt leaves a letter here, with what it was given and why it failed. It
          stays until you replay or discard it.
        </EmptyState>
      )}
    </>
  )
}

const columns = [
  { name: 'Cause' },
  { name: 'Function', isWideOnly: true, width: 'md:w-[22%]' },
  { name: 'Letters', isNumber: true, width: 'w-16 md:w-20' },
  { name: 'First', isNumber: true, isWideOnly: true, width: 'w-24' },
  { name: 'Last', isNumber: true, width: 'w-24' },
]

function GroupsTable({ groups, status, timeZone }: { groups: GroupLine[]; status: string; timeZone: string }) {
  const at = now()
  return (
    <Table label="Groups of dead letters" columns={columns}>
      {groups.map(({ id, functionId, errorName, cause, count, firstAt, lastAt, message }) => (
        <Row key={id}>
          <Cell>
            <RowLink href={`/console/dead-letters/${id}?status=${status}`}>
              <span className="hidden font-mono text-12 text-failed md:inline">{errorName} </span>
              <span title={message}>{cause}</span>
            </RowLink>
          </Cell>
          <Cell isWideOnly className="font-medium">
            {functionId}
          </Cell>
          <Cell isNumber>{count}</Cell>
          <Cell isNumber isWideOnly>
            <Since at={firstAt} now={at} timeZone={timeZone} />
          </Cell>
          <Cell isNumber>
            <Since at={lastAt} now={at} timeZone={timeZone} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
