import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

type Violation = { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }

/** What axe finds wrong with a page as it is now, a line each. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE })
  // A letter's own frame is sandboxed, and shows what mail programs show.
  const found = (await page.evaluate(
    "axe.run({ exclude: [['iframe']] }, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
  )) as Violation[]
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes.length}): ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`,
  )
}
