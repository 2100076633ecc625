'use client'

import { useState } from 'react'
import { ActDialog } from '@/app/_ui/act-dialog'
import { Field, TextField } from '@/app/_ui/field'
import { randomKey } from '@/app/_ui/random-key'
import { type ReportType, reportTypes } from '@/lib/reports/report-schedules'
import { haveReportMade } from './actions'
import { typeWords } from './words'

/** Asks for the report of any past period. */
export function MakeDialog({ type, yesterday }: { type: ReportType; yesterday: string }) {
  return (
    <ActDialog
      look="quiet"
      trigger="Have one made…"
      title="Have a report made"
      description="Of any period that is over. One that is there already is made anew."
      verb="Make it"
      doing="Asking…"
      act={haveReportMade}
    >
      {(fields) => (
        <>
          <Field label="Which report" error={fields.type}>
            {(props) => (
              <select {...props} name="type" defaultValue={type}>
                {reportTypes.map((each) => (
                  <option key={each} value={each}>
                    {typeWords[each].one}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <TextField
            label="Of which day, or of the week or month of which day"
            name="startDate"
            type="date"
            defaultValue={yesterday}
            error={fields.startDate ?? fields.endDate}
          />
          <RequestEnd />
        </>
      )}
    </ActDialog>
  )
}

/** Asks for a report that is there to be made anew. */
export function MakeAgainDialog({ type, startDate, words }: { type: ReportType; startDate: string; words: string }) {
  return (
    <ActDialog
      look="quiet"
      size="small"
      trigger="Make it again…"
      title={`Make the report of ${words} again?`}
      description="Its figures are counted anew, and replace those that are here."
      verb="Make it again"
      doing="Asking…"
      act={haveReportMade}
      input={{ type, startDate }}
    >
      {() => <RequestEnd />}
    </ActDialog>
  )
}

/** Each opening of a dialog is a request of its own, however often its button is pressed. */
function RequestEnd() {
  const [requestId] = useState(randomKey)
  return (
    <>
      <input type="hidden" name="requestId" value={requestId} />
      <label className="flex min-h-11 items-center gap-2 sm:min-h-8">
        <input type="checkbox" name="withLetter" className="size-4 accent-accent" />
        Send the letter, too
      </label>
    </>
  )
}
