import type { Metadata } from 'next'
import { EmptyState } from '@/app/_ui/empty-state'
import { Since } from '@/app/_ui/instant'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { Status } from '@/app/_ui/status'
import { Cell, Row, RowLink, Table } from '@/app/_ui/table'
import { countWords } from '@/app/_ui/words'
import { requireActor } from '@/app/guard'
import { now } from '@/lib/clock'
import { listImports } from '@/lib/imports/find-import'
import { importHref } from './addresses'
import { UploadForm } from './upload-form'
import { statusWord } from './words'

export const metadata: Metadata = { title: 'Imports' }

const columns = [
  { name: 'File' },
  { name: 'Status', width: 'w-32' },
  { name: 'Rows', isNumber: true, width: 'w-24' },
  { name: 'Bad', isNumber: true, width: 'w-20', isWideOnly: true },
  { name: 'Brought', isNumber: true, width: 'w-24', isWideOnly: true },
]

export default async function ImportsPage() {
  const actor = await requireActor()
  const imports = await listImports(actor)
  return (
    <div className="flex flex-col gap-8">
      <PageHead title="Imports" back={{ href: '/products', name: 'Products' }} />
      <div className="max-w-3xl">
        <Panel title="Bring a file">
          <p className="text-quiet">
            Each row is a product, known by its SKU. The other columns may be Title, Price, Stock, Low stock level,
            Description and Currency. What a row leaves empty stays as it is.
          </p>
          <UploadForm />
        </Panel>
      </div>
      {imports.length === 0 ? (
        <EmptyState title="No imports yet">Each file that you bring is listed here, with what became of it.</EmptyState>
      ) : (
        <Table label="Imports" columns={columns} headAt="top-0">
          {imports.map((each) => (
            <Row key={each.id}>
              <Cell>
                <RowLink href={importHref(each.id)} className="font-medium">
                  {each.fileName}
                </RowLink>
                {each.isDryRun ? <span className="text-quiet"> · dry run</span> : null}
              </Cell>
              <Cell>
                <Status of={statusWord(each.status)} />
              </Cell>
              <Cell isNumber>{countWords(each.rowsRead)}</Cell>
              <Cell isNumber isWideOnly>
                {countWords(each.bad)}
              </Cell>
              <Cell isNumber isWideOnly className="text-quiet">
                <Since at={each.createdAt} now={now()} timeZone={actor.account.timeZone} />
              </Cell>
            </Row>
          ))}
        </Table>
      )}
    </div>
  )
}
