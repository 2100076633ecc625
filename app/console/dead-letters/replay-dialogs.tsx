'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { TextArea } from '@/app/_ui/field'
import { several } from '@/app/_ui/words'
import { discard, replay, replayAll, replayEdited } from './actions'

/** Replays every open letter of a group. */
export function ReplayAll({ groupId, count, functionId }: { groupId: string; count: number; functionId: string }) {
  const runs = several(count, 'run')
  return (
    <ActDialog
      trigger={`Replay ${runs}…`}
      title={`Replay ${runs} of ${functionId}?`}
      description="Each is started again with what it was given. What it had done already is not done twice."
      verb={`Replay ${runs}`}
      doing="Asking…"
      act={replayAll}
      input={{ groupId }}
      size="small"
    />
  )
}

/** Replays one letter as it was. */
export function ReplayOne({ letterId, functionId }: { letterId: string; functionId: string }) {
  return (
    <ActDialog
      trigger="Replay…"
      title={`Replay this run of ${functionId}?`}
      description="It is started again with what it was given. What it had done already is not done twice."
      verb="Replay the run"
      doing="Asking…"
      act={replay}
      input={{ letterId }}
      size="small"
    />
  )
}

/** Replays one letter with other data. */
export function ReplayEdited({ letterId, functionId, data }: { letterId: string; functionId: string; data: string }) {
  return (
    <ActDialog
      trigger="Edit and replay…"
      title={`Replay ${functionId} with other data`}
      description="The letter keeps what the run was given; the new run gets what stands here."
      verb="Replay with this data"
      doing="Asking…"
      act={replayEdited}
      input={{ letterId, functionId }}
      look="quiet"
      size="small"
    >
      {(fields) => (
        <TextArea label="Data, as JSON" name="data" defaultValue={data} rows={12} isCode error={firstOf(fields)} />
      )}
    </ActDialog>
  )
}

/** Closes a letter without doing its work. */
export function Discard({ letterId }: { letterId: string }) {
  return (
    <ActDialog
      trigger="Discard…"
      title="Discard this letter?"
      description="Its work will not be done. The letter is kept, with your reason."
      verb="Discard the letter"
      doing="Discarding…"
      act={discard}
      input={{ letterId }}
      look="danger"
      size="small"
      isDanger
    >
      {(fields) => (
        <TextArea
          label="Why its work need not be done"
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

/** Which field, and what would be right. */
function firstOf(fields: Record<string, string>): string | undefined {
  const [first] = Object.entries(fields)
  return first && (first[0] === 'data' ? first[1] : `${first[0]}: ${first[1]}`)
}
