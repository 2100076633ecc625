import { Panel } from '@/app/_ui/panel'
import type { RunView } from '@/lib/runs/get-run'
import { RunItem } from '../run-item'

/** The runs round this one: what started it, what it started, and what else works for the same record. */
export function LinksPanel({ view, now, timeZone }: { view: RunView; now: Date; timeZone: string }) {
  const { parent, children, sameRecord } = view
  const groups = [
    { title: 'Started by', runs: parent ? [parent] : [] },
    { title: 'Has started', runs: children },
    { title: 'Also for the same record', runs: sameRecord },
  ].filter(({ runs }) => runs.length > 0)
  return groups.map(({ title, runs }) => (
    <Panel key={title} title={title}>
      <ul className="-mt-3 flex flex-col">
        {runs.map((each) => (
          <RunItem key={each.id} run={each} now={now} timeZone={timeZone} />
        ))}
      </ul>
    </Panel>
  ))
}
