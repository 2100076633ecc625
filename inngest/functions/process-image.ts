import { NonRetriableError } from 'inngest'
import { now } from '@/lib/clock'
import { beginProcessing } from '@/lib/images/begin-processing'
import { failImage } from '@/lib/images/fail-image'
import { finishProcessing } from '@/lib/images/finish-processing'
import { performOperation } from '@/lib/images/perform-operation'
import { progressOf } from '@/lib/runs/progress'
import { inngest } from '../client'
import { imageUploaded } from '../events'
import { withSteadyRetry } from '../limits'

const RETRY_WAIT_MS = 5_000

/** Makes a picture ready for the shop: what was asked for, in the asked order. */
export const processImage = inngest.createFunction(
  { id: 'process-image', triggers: [imageUploaded], concurrency: 2, retries: 4 },
  async ({ event, step, runId, attempt, maxAttempts }) => {
    const { imageId, operations, outputPath } = event.data
    const tried = <T>(work: () => Promise<T>) =>
      withSteadyRetry({ attempt, maxAttempts, waitMs: RETRY_WAIT_MS, now }, work)
    try {
      const begun = await step.run('begin', () => tried(() => beginProcessing(imageId)))
      if (begun !== 'to do') return { outputPath, ended: begun }
      for (const [index, operation] of operations.entries())
        await step.run(`${operation}-${index + 1}`, () =>
          tried(async () => {
            await performOperation({ imageId, operations, index })
            tell(runId, operation, index + 1, operations.length)
          }),
        )
      return await step.run('finish', () => tried(() => finishProcessing(imageId, operations)))
    } catch (error) {
      const words = await step.run('record-failure', () => failImage(imageId, error))
      throw new NonRetriableError(words, { cause: error })
    }
  },
)

function tell(runId: string, operation: string, step: number, totalSteps: number): void {
  const progress = progressOf(runId)
  progress.report({ step, totalSteps, currentOperation: operation })
  progress.line(`Completed ${operation} (${step}/${totalSteps})`)
}
