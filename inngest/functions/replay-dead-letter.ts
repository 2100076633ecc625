import { referenceFunction } from 'inngest'
import { beginReplay, endReplay } from '@/lib/dead-letters/perform-replay'
import { inngest } from '../client'
import { deadLetterReplayRequested } from '../events'

/**
 * Does a failed run's work again: invokes that one function with what it was given, once for each event of a batch. Sending
 * the event again would start every function that listens to it.
 */
export const replayDeadLetter = inngest.createFunction(
  { id: 'replay-dead-letter', triggers: [deadLetterReplayRequested], retries: 20 },
  async ({ event, step, runId }) => {
    const { replayId } = event.data
    const invocations = await step.run('begin', () => beginReplay(replayId, runId))
    if (!invocations) return { alreadyEnded: true }
    let failedAgain = false
    for (const [i, { functionId, data }] of invocations.entries()) {
      try {
        await step.invoke(`replay-${i}`, { function: referenceFunction({ functionId }), data })
      } catch {
        // The new run's failure is its own, and makes its own dead letter.
        failedAgain = true
      }
    }
    await step.run('end', () => endReplay(replayId, { failedAgain }))
    return { failedAgain }
  },
)
