import { Panel } from '@/app/_ui/panel'
import { several } from '@/app/_ui/words'
import type { BulkPreview, PreviewLine } from '@/lib/products/bulk/preview-bulk-update'
import { beforeAndAfter } from './words'

type Shown = Extract<BulkPreview, { ok: true }>

/** What a change would do: some of the products with before and after, and those that can't be changed. */
export function Preview({ preview }: { preview: Shown }) {
  const { changedLines, refusedLines, changed, refused, same, total, lookedAt } = preview
  return (
    <Panel title="What it would do">
      <p className="text-quiet">
        {several(changed, 'product')} would change, {same} would stay as they are, {refused} can’t be changed
        {total > lookedAt ? ` – of the first ${lookedAt}; there are ${several(total, 'product')} in all` : ''}.
      </p>
      <ul className="flex flex-col border-t border-line">
        {changedLines.map((line) => {
          const { before, after } = beforeAndAfter(line)
          return (
            <Line key={line.id} line={line}>
              <span className="text-quiet">{before}</span> → {after}
            </Line>
          )
        })}
        {refusedLines.map((line) => (
          <Line key={line.id} line={line}>
            <span className="text-failed">{line.outcome.kind === 'refused' ? line.outcome.reason : ''}</span>
          </Line>
        ))}
      </ul>
      {changed > changedLines.length || refused > refusedLines.length ? (
        <p className="text-13 text-quiet">These are some of them.</p>
      ) : null}
    </Panel>
  )
}

function Line({ line: { title, sku }, children }: { line: PreviewLine; children: React.ReactNode }) {
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 border-b border-line py-1">
      <span className="min-w-0 flex-1 truncate">
        {title} <span className="font-mono text-12 text-quiet">{sku}</span>
      </span>
      <span>{children}</span>
    </li>
  )
}
