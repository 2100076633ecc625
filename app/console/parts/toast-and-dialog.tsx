'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { Button } from '@/app/_ui/button'
import { TextArea } from '@/app/_ui/field'
import { say } from '@/app/_ui/toasts'

/** The two that can't be seen before they are asked for. The dialog's act does nothing but answer. */
export function ToastAndDialog() {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button look="quiet" size="small" onClick={() => say('12 replays asked for.')}>
        Say it in passing
      </Button>
      <ActDialog
        trigger="Ask first…"
        title="Discard this letter?"
        description="This one is only for show: nothing is discarded."
        verb="Discard the letter"
        doing="Discarding…"
        act={async () => ({ ok: false, message: 'So a refusal looks.', fields: { reason: 'Say in a few words why.' } })}
        look="danger"
        size="small"
        isDanger
      >
        {(fields) => <TextArea label="Why" name="reason" rows={2} error={fields.reason} />}
      </ActDialog>
    </div>
  )
}
