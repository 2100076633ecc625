import { performImportPart } from '@/lib/imports/perform-import-part'
import { removeLeftovers } from '@/lib/imports/remove-leftovers'
import { progressOf } from '@/lib/runs/progress'
import { inngest } from '../client'
import { importRequested } from '../events'

/** A file of products, part by part; how far it has come is in its row, and so a part is written once. */
export const importProducts = inngest.createFunction(
  { id: 'import-products', triggers: [importRequested], concurrency: 2, timeouts: { finish: '6h' } },
  async ({ event, step, runId }) => {
    const { importId } = event.data
    for (let part = 1; ; part++) {
      const found = await step.run(`import-part-${part}`, async () => {
        const done = await performImportPart(importId)
        if (done) tell(runId, done)
        return done
      })
      if (found && !found.isDone) continue
      await step.run('remove-leftovers', () => removeLeftovers(importId))
      return { rows: found?.rowsRead ?? 0 }
    }
  },
)

function tell(runId: string, { position, bytes, rowsRead }: { position: number; bytes: number; rowsRead: number }) {
  const progress = progressOf(runId)
  progress.report({ step: position, totalSteps: bytes, currentOperation: 'import products' })
  progress.line(`${rowsRead} rows`)
}
