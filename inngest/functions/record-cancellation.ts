import { now } from '@/lib/clock'
import { abandonReplay } from '@/lib/dead-letters/perform-replay'
import { confirmEnd } from '@/lib/runs/confirm-end'
import { inngest } from '../client'
import { functionCancelled, readRunEnd } from '../system-events'

/** Closes a cancelled run in the ledger: the app itself sees nothing of a cancellation. */
export const recordCancellation = inngest.createFunction(
  { id: 'record-cancellation', triggers: [functionCancelled], retries: 20 },
  async ({ event, step }) => {
    const { error, ...end } = readRunEnd(inngest.id, event, now())
    await step.run('record', () => confirmEnd({ ...end, status: 'cancelled' }))
    if (end.functionId === 'replay-dead-letter') await step.run('reopen', () => abandonReplay(end))
    return { runId: end.runId }
  },
)
