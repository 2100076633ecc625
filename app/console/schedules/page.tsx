import type { Metadata } from 'next'
import { PageHead } from '@/app/_ui/page-head'
import { requireOperator } from '@/app/guard'
import { schedules } from '@/inngest/schedules'
import { now } from '@/lib/clock'
import { readSchedules } from '@/lib/schedules/read-schedules'
import { Live } from '../live'
import { SchedulesTable } from './schedules-table'

export const metadata: Metadata = { title: 'Schedules' }

export default async function SchedulesPage() {
  const actor = await requireOperator()
  const at = now()
  const lines = await readSchedules(actor, schedules, at)
  return (
    <>
      <PageHead title="Schedules">
        <Live />
      </PageHead>
      <p className="max-w-prose text-quiet">
        Everything that happens again and again. What is made for each shop comes by the shop’s own clocks; its next
        time is shown here by the zone that shops have until their owners say otherwise.
      </p>
      <SchedulesTable lines={lines} now={at} timeZone={actor.account.timeZone} />
    </>
  )
}
