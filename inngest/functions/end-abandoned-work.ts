import { now } from '@/lib/clock'
import { abandonImage } from '@/lib/images/fail-image'
import { abandonImport } from '@/lib/imports/abandon-import'
import { removeLeftovers } from '@/lib/imports/remove-leftovers'
import { inngest } from '../client'
import { functionCancelled, functionFailed, readRunEnd } from '../system-events'

const runOf = (id: string) => `event.data.function_id == '${inngest.id}-${id}'`

/**
 * Has a picture or an import say that nobody works on it any more: a run that was cancelled can't. An import whose run has
 * failed stays open, since a replay of its dead letter goes on where it was. Its own failure would raise no event: 20 retries.
 */
export const endAbandonedWork = inngest.createFunction(
  {
    id: 'end-abandoned-work',
    triggers: [
      { event: functionCancelled, if: `${runOf('process-image')} || ${runOf('import-products')}` },
      { event: functionFailed, if: runOf('process-image') },
    ],
    retries: 20,
  },
  async ({ event, step }) => {
    const { runId, events } = readRunEnd(inngest.id, event, now())
    const { imageId, importId } = (events[0]?.data ?? {}) as { imageId?: unknown; importId?: unknown }
    if (typeof imageId === 'string') await step.run('end-image', () => abandonImage(imageId, runId))
    if (typeof importId !== 'string') return
    const hasEnded = await step.run('end-import', () => abandonImport(importId, runId))
    if (hasEnded) await step.run('remove-leftovers', () => removeLeftovers(importId))
  },
)
