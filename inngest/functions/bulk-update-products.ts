import { performBulkPart } from '@/lib/products/bulk/perform-bulk-part'
import { progressOf } from '@/lib/runs/progress'
import { inngest } from '../client'
import { productsBulkUpdateRequested } from '../events'

/** One change of many products, part by part; one at a time in a shop's own order is what its rows see to. */
export const bulkUpdateProducts = inngest.createFunction(
  {
    id: 'bulk-update-products',
    triggers: [productsBulkUpdateRequested],
    concurrency: 2,
    timeouts: { finish: '6h' },
  },
  async ({ event, step, runId }) => {
    const { bulkUpdateId } = event.data
    for (let part = 1; ; part++) {
      const found = await step.run(`change-part-${part}`, async () => {
        const done = await performBulkPart(bulkUpdateId)
        if (done) tell(runId, done)
        return done
      })
      if (!found || found.isDone) return { products: found?.seen ?? 0 }
    }
  },
)

function tell(runId: string, { seen, total }: { seen: number; total: number }): void {
  const progress = progressOf(runId)
  progress.report({ step: seen, totalSteps: total, currentOperation: 'change products' })
  progress.line(`${seen} of ${total} products`)
}
