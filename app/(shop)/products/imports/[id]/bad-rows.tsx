import { buttonFace } from '@/app/_ui/button'
import { Panel } from '@/app/_ui/panel'
import { several } from '@/app/_ui/words'
import type { ImportView } from '@/lib/imports/find-import'
import { rejectsHref } from '../addresses'
import { fieldWords } from '../words'

/** The rows that were not taken, each with the reason, and all of them as a file. */
export function BadRows({ of: { id, bad, rejects } }: { of: ImportView }) {
  return (
    <Panel title="Rows that were not taken">
      <ul className="flex flex-col">
        {rejects.map(({ rowNumber, field, reason, text }) => (
          <li key={rowNumber} className="flex min-h-11 flex-wrap items-center gap-x-4 border-b border-line py-1">
            <span className="w-24 font-mono text-12 text-quiet">Row {rowNumber}</span>
            <span className="min-w-0 flex-1 truncate font-mono text-12" title={text}>
              {text}
            </span>
            <span className="text-failed">
              {fieldWords(field)}: {reason}
            </span>
          </li>
        ))}
      </ul>
      {bad > rejects.length ? (
        <p className="text-13 text-quiet">And {several(bad - rejects.length, 'more row')}, in the file.</p>
      ) : null}
      <div>
        <a href={rejectsHref(id)} download className={buttonFace({ look: 'quiet' })}>
          Download them as CSV
        </a>
      </div>
    </Panel>
  )
}
