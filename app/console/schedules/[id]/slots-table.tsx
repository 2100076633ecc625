import { Cell, Row, Table } from '@/app/_ui/table'
import { countWords } from '@/app/_ui/words'
import type { SlotLine } from '@/lib/schedules/list-slots'
import type { Schedule } from '@/lib/schedules/schedule'
import { Lateness } from '../late-words'
import { clockWords, zoneWords } from '../words'

/** The latest slots, and what came of each. */
export function SlotsTable({ slots, schedule }: { slots: SlotLine[]; schedule: Schedule }) {
  const { timeZone, scope } = schedule
  const columns = [
    { name: `Slot, ${zoneWords(timeZone)}`, width: 'w-44' },
    { name: 'UTC', isWideOnly: true, width: 'md:w-44' },
    { name: 'What came of it' },
    { name: 'Decided after', isNumber: true, isWideOnly: true, width: 'md:w-32' },
  ]
  return (
    <Table label="Slots" columns={columns}>
      {slots.map((line) => (
        <Row key={line.slot.toISOString()}>
          <Cell>
            <time dateTime={line.slot.toISOString()}>{clockWords(line.slot, timeZone)}</time>
          </Cell>
          <Cell isWideOnly className="text-quiet">
            {clockWords(line.slot, 'UTC')}
          </Cell>
          <Cell>{scope === 'account' ? accountsWords(line) : ownWords(line)}</Cell>
          <Cell isNumber isWideOnly>
            <Lateness lateMs={line.lateMs} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

function accountsWords({ done, skipped, isMore }: SlotLine): string {
  const more = isMore ? '+' : ''
  const parts = [
    done > 0 ? `done for ${countWords(done)}${more} ${done === 1 ? 'shop' : 'shops'}` : '',
    skipped > 0 ? `left out for ${countWords(skipped)}${more}` : '',
  ]
  const words = parts.filter(Boolean).join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const ownWords = ({ done, outcome }: SlotLine) => (done > 0 ? `Done: ${outcome}` : `Left out: ${outcome}`)
