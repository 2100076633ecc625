import { Instant } from '@/app/_ui/instant'
import { letterStatusWord, Status } from '@/app/_ui/status'
import { Cell, Row, RowLink, Table } from '@/app/_ui/table'
import type { LetterPage } from '@/lib/emails/list-letters'

const columns = [
  { name: 'State', width: 'w-28' },
  { name: 'Subject' },
  { name: 'To', isWideOnly: true, width: 'md:w-[22%]' },
  { name: 'Key', isWideOnly: true, width: 'md:w-[26%]' },
  { name: 'Sent', isNumber: true, isWideOnly: true, width: 'md:w-44' },
]

/** The email ledger, a line a letter; the line is the link. */
export function LettersTable({ letters, timeZone }: { letters: LetterPage['letters']; timeZone: string }) {
  return (
    <Table label="Letters" columns={columns}>
      {letters.map(({ id, subject, to, key, status, sentAt, createdAt }) => (
        <Row key={id}>
          <Cell>
            <Status of={letterStatusWord(status)} />
          </Cell>
          <Cell className="font-medium">
            <RowLink href={`/console/letters/${id}`}>{subject}</RowLink>
          </Cell>
          <Cell isWideOnly>{to}</Cell>
          <Cell isWideOnly className="font-mono text-12 text-quiet">
            {key}
          </Cell>
          <Cell isNumber isWideOnly>
            <Instant at={sentAt ?? createdAt} timeZone={timeZone} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
