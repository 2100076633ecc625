import type { Metadata } from 'next'
import { Notice } from '@/app/_ui/notice'
import { PageHead } from '@/app/_ui/page-head'
import { requireOperator } from '@/app/guard'
import { functions } from '@/inngest'
import { now } from '@/lib/clock'
import { hasOwnEngine } from '@/lib/engine-api'
import { listFunctionStates } from '@/lib/functions/hold-function'
import { countJobs } from '@/lib/runs/count-runs'
import { measureFunctions } from '@/lib/runs/measure-functions'
import { Live } from '../live'
import { describeFunction } from './describe'
import { FunctionsTable } from './functions-table'

export const metadata: Metadata = { title: 'Functions' }

export default async function FunctionsPage() {
  const actor = await requireOperator()
  const facts = functions.map(describeFunction).sort((a, b) => a.id.localeCompare(b.id))
  const ids = facts.map(({ id }) => id)
  const at = now()
  const [counts, measures, states] = await Promise.all([
    countJobs(ids, at),
    measureFunctions(actor, ids),
    listFunctionStates(actor),
  ])
  const rows = facts.map((each) => ({
    facts: each,
    counts: counts[each.id],
    measures: measures.find(({ functionId }) => functionId === each.id),
    state: states?.find(({ functionId }) => functionId === each.id),
  }))
  const isOurs = hasOwnEngine()
  return (
    <>
      <PageHead title="Functions">
        <Live isList />
      </PageHead>
      <p className="max-w-prose text-quiet">
        What is served at <code className="font-mono text-12">/api/inngest</code>. How runs went is said of each
        function’s latest 200 that have ended; how long they took includes their sleeps.
        {isOurs ? '' : ' The Inngest server that drives them has its own dashboard, where they can be paused.'}
      </p>
      {isOurs && !states ? (
        <Notice kind="bad">
          The engine can’t be reached at this moment, so it is not known which of them are paused.
        </Notice>
      ) : null}
      <FunctionsTable rows={rows} now={at} timeZone={actor.account.timeZone} />
    </>
  )
}
