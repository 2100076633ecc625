import { missedWords, ownerWords, zoneWords } from '@/app/console/schedules/words'
import { schedules } from '@/inngest/schedules'
import type { Schedule } from '@/lib/schedules/schedule'

const HEAD = ['Schedule', 'When', 'Zone', 'Cron', 'When nobody was there', 'Owner']

/** The table of all schedules, made from their list. */
export function schedulesTable(): string {
  const rows = [HEAD, ...schedules.map(rowOf)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

function rowOf({ id, words, cron, timeZone, scope, missedSlots, owner }: Schedule): string[] {
  const zone = scope === 'account' ? `each shop’s own, ${zoneWords(timeZone)} at first` : zoneWords(timeZone)
  return [
    `\`${id}\``,
    words,
    zone,
    `\`${cron}\``,
    missedWords[missedSlots].toLowerCase(),
    ownerWords[owner].toLowerCase(),
  ]
}
