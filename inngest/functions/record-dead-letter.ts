import { now } from '@/lib/clock'
import { abandonReplay } from '@/lib/dead-letters/perform-replay'
import { recordDeadLetter as record } from '@/lib/dead-letters/record-dead-letter'
import { inngest } from '../client'
import { functionFailed, readRunEnd } from '../system-events'

/** Keeps what has failed for good, for an operator to decide about. Its own failure would raise no event: 20 retries. */
export const recordDeadLetter = inngest.createFunction(
  { id: 'record-dead-letter', triggers: [functionFailed], retries: 20 },
  async ({ event, step }) => {
    const { endedAt, ...failed } = readRunEnd(inngest.id, event, now())
    const recorded = await step.run('record', () => record({ ...failed, failedAt: endedAt }))
    if (failed.functionId === 'replay-dead-letter') await step.run('reopen', () => abandonReplay(failed))
    return recorded
  },
)
