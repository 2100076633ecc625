import type { Metadata } from 'next'
import { z } from 'zod'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { TabLinks } from '@/app/_ui/tab-links'
import { requireOperator } from '@/app/guard'
import { functions } from '@/inngest'
import { schedules } from '@/inngest/schedules'
import { now } from '@/lib/clock'
import { readOverview } from '@/lib/overview/read-overview'
import { throughputRanges } from '@/lib/runs/read-throughput'
import { Live } from '../live'
import { DeadLetters, Incidents, LateSchedules } from './attention'
import { Figures } from './figures'
import { FunctionTimes } from './function-times'
import { RunsByStatus } from './runs-by-status'
import { ThroughputChart } from './throughput-chart'

export const metadata: Metadata = { title: 'Overview' }

const query = z.object({ range: z.enum(throughputRanges).catch('hour') })
const rangeNames = { hour: 'An hour', day: 'A day', week: 'A week' } as const

export default async function OverviewPage({ searchParams }: PageProps<'/console/overview'>) {
  const actor = await requireOperator()
  const { range } = query.parse(await searchParams)
  const at = now()
  const functionIds = functions.map((fn) => fn.id())
  const overview = await readOverview(actor, { functionIds, schedules, range }, at)
  const { counts, throughput, measures, late, incidents, groups } = overview
  const { timeZone } = actor.account
  return (
    <>
      <PageHead title="Overview">
        <Live />
      </PageHead>
      <Figures overview={overview} now={at} realNow={new Date()} />
      <div className="grid gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          <section className="flex flex-col gap-3">
            <h2 className="sr-only">Throughput</h2>
            <TabLinks
              label="Throughput of"
              tabs={throughputRanges.map((each) => ({
                href: each === 'hour' ? '/console/overview' : `/console/overview?range=${each}`,
                name: rangeNames[each],
                isCurrent: each === range,
              }))}
            />
            <ThroughputChart bars={throughput} range={range} timeZone={timeZone} />
          </section>
          <Panel title="Waits and durations">
            <FunctionTimes measures={measures} />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="Runs by status">
            <RunsByStatus counts={counts} />
          </Panel>
          <Incidents incidents={incidents} now={at} timeZone={timeZone} />
          <LateSchedules late={late} />
          <DeadLetters groups={groups} />
        </div>
      </div>
    </>
  )
}
