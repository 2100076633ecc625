import { Panel } from '@/app/_ui/panel'
import { incidentKinds, kindWords } from '@/lib/health/incident-kinds'

/** What each kind of incident means, and what to do; where each line of the lists above leads. */
export function Kinds() {
  return (
    <Panel title="What each means, and what to do">
      <dl className="grid max-w-5xl gap-x-12 gap-y-1 lg:grid-cols-2">
        {incidentKinds.map((kind) => {
          const { title, means, toDo } = kindWords[kind]
          return (
            <div
              key={kind}
              id={kind}
              tabIndex={-1}
              className="-mx-3 scroll-mt-16 rounded-surface px-3 py-2 target:bg-raised lg:scroll-mt-4"
            >
              <dt className="font-medium">{title}</dt>
              <dd className="text-quiet">{means}</dd>
              <dd>{toDo}</dd>
            </div>
          )
        })}
      </dl>
    </Panel>
  )
}
