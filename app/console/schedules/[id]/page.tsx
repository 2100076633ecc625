import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EmptyState } from '@/app/_ui/empty-state'
import { Notice } from '@/app/_ui/notice'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { durationWords } from '@/app/_ui/words'
import { requireOperator } from '@/app/guard'
import { schedules } from '@/inngest/schedules'
import { now } from '@/lib/clock'
import { periodBefore } from '@/lib/reports/find-period'
import { reportTypeOf } from '@/lib/reports/report-schedules'
import { listRuns } from '@/lib/runs/list-runs'
import { listSlots } from '@/lib/schedules/list-slots'
import { readSchedules } from '@/lib/schedules/read-schedules'
import { wallClockOf } from '@/lib/time/zoned-instant'
import { Live } from '../../live'
import { FanOutProgress } from '../fan-out-progress'
import { RunNow } from '../run-now-dialog'
import { clockWords } from '../words'
import { AllRuns, ScheduleRuns } from './runs'
import { ScheduleFacts } from './schedule-facts'
import { SlotsTable } from './slots-table'

export const metadata: Metadata = { title: 'Schedule' }

const SHOWN_RUNS = 20

export default async function SchedulePage({ params }: PageProps<'/console/schedules/[id]'>) {
  const actor = await requireOperator()
  const { id } = await params
  const at = now()
  const schedule = schedules.find((each) => each.id === id)
  if (!schedule) notFound()
  const [[line], slots, { runs }] = await Promise.all([
    readSchedules(actor, [schedule], at),
    listSlots(actor, id),
    listRuns(actor, { function: id }, at),
  ])
  if (!line) notFound()
  const { timeZone } = actor.account
  const type = reportTypeOf(id)
  const day = type && periodBefore(type, wallClockOf(at, schedule.timeZone).date).startDate
  return (
    <>
      <PageHead title={id} back={{ href: '/console/schedules', name: 'Schedules' }}>
        <Live />
        <RunNow scheduleId={id} {...(type && day ? { report: { type, day } } : {})} />
      </PageHead>
      {line.late ? (
        <Notice kind="bad">
          It is {durationWords(line.late.lateMs)} late: it was due {clockWords(line.late.slot, schedule.timeZone)}, and
          nothing has been done for it. See that its function is served and not paused, and look at its latest run.
        </Notice>
      ) : null}
      <ScheduleFacts line={line} now={at} />
      {line.fanOut ? (
        <Panel title="Accounts">
          <FanOutProgress run={line.fanOut} now={at} timeZone={timeZone} />
        </Panel>
      ) : null}
      <Panel title="Latest runs" aside={<AllRuns id={id} />}>
        {runs.length > 0 ? (
          <ScheduleRuns runs={runs.slice(0, SHOWN_RUNS)} schedule={schedule} now={at} timeZone={timeZone} />
        ) : (
          <EmptyState title="No runs yet">Each tick of its cron is a run, and so is each run by hand.</EmptyState>
        )}
      </Panel>
      <Panel title="Slots">
        {slots.length > 0 ? (
          <SlotsTable slots={slots} schedule={schedule} />
        ) : (
          <EmptyState title="No slot yet">
            A slot is a time at which it was to happen; here stands what came of each, once it is decided.
          </EmptyState>
        )}
      </Panel>
    </>
  )
}
