'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { TextArea } from '@/app/_ui/field'
import { close } from './actions'

/** Closes a difference that somebody has seen to. */
export function CloseDiscrepancy({ id, title }: { id: string; title: string }) {
  return (
    <ActDialog
      look="quiet"
      size="small"
      trigger="Close…"
      title="Close this discrepancy?"
      description={`${title}. It moves no money: say what was done about it. The line is kept, with your note.`}
      verb="Close it"
      doing="Closing…"
      act={close}
      input={{ id }}
    >
      {(fields) => (
        <TextArea label="What was done about it" name="note" rows={3} maxLength={500} required error={fields.note} />
      )}
    </ActDialog>
  )
}
