'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { TextArea } from '@/app/_ui/field'
import { discard, sendAgain } from './actions'

/** Has one event sent once more. */
export function SendAgain({ id, name }: { id: string; name: string }) {
  return (
    <ActDialog
      look="quiet"
      size="small"
      trigger="Send again…"
      aria-label={`Send again… ${name}`}
      title="Send this event again?"
      description={`${name} goes out under the same id. If the server refuses it once more, it is back here.`}
      verb="Send it again"
      doing="Sending…"
      act={sendAgain}
      input={{ id }}
    />
  )
}

/** Gives one event up. */
export function DiscardEvent({ id, name }: { id: string; name: string }) {
  return (
    <ActDialog
      look="danger"
      size="small"
      isDanger
      trigger="Discard…"
      aria-label={`Discard… ${name}`}
      title="Discard this event?"
      description={`What ${name} should start will not be started. The audit list keeps what it held, with your reason.`}
      verb="Discard the event"
      doing="Discarding…"
      act={discard}
      input={{ id }}
    >
      {(fields) => (
        <TextArea
          label="Why it need not be sent"
          name="reason"
          rows={3}
          maxLength={500}
          required
          error={fields.reason}
        />
      )}
    </ActDialog>
  )
}
