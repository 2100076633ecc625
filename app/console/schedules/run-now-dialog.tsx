'use client'

import { useState } from 'react'
import { ActDialog } from '@/app/_ui/act-dialog'
import { TextField } from '@/app/_ui/field'
import { randomKey } from '@/app/_ui/random-key'
import type { ReportType } from '@/lib/reports/report-schedules'
import { runNow } from './actions'

const days: Record<ReportType, string> = {
  daily: 'Of which day',
  weekly: 'Of the week of which day',
  monthly: 'Of the month of which day',
}

/**
 * Has a schedule's function run now.
 * @param report of a schedule that makes reports: their type, and a day of the last period that is over.
 */
export function RunNow({ scheduleId, report }: { scheduleId: string; report?: { type: ReportType; day: string } }) {
  return (
    <ActDialog
      trigger="Run now…"
      title={`Run ${scheduleId} now?`}
      description={
        report
          ? 'It asks for the report of one period for every open shop that wants such reports. A shop that has it already gets no second one.'
          : 'It does its work once more, beside what its schedule does. What is done already is not done twice.'
      }
      verb="Run it now"
      doing="Asking…"
      act={runNow}
      input={{ scheduleId }}
      size="small"
    >
      {(fields) => (
        <>
          <RequestKey />
          {report ? <Period {...report} fields={fields} /> : null}
        </>
      )}
    </ActDialog>
  )
}

function Period({ type, day, fields }: { type: ReportType; day: string; fields: Record<string, string> }) {
  return (
    <>
      <TextField label={days[type]} name="startDate" type="date" defaultValue={day} required error={fields.startDate} />
      <Box name="makeAgain">Make those that are there again</Box>
      <Box name="withLetter">Send the letters of those once more</Box>
    </>
  )
}

function Box({ name, children }: { name: string; children: string }) {
  return (
    <label className="flex min-h-11 items-center gap-2 sm:min-h-8">
      <input type="checkbox" name={name} className="size-4 accent-accent" />
      {children}
    </label>
  )
}

/** Each opening of the dialog is a request of its own, however often its button is pressed. */
function RequestKey() {
  const [key] = useState(randomKey)
  return <input type="hidden" name="requestId" value={key} />
}
