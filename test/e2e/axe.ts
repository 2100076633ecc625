import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = `${readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')}; null`

type Violation = { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }

// Told by its HTML, an element needs no selector, which takes axe as long as the looking does. A letter's own frame is
// sandboxed, and shows what mail programs show.
const OPTIONS = "{ resultTypes: ['violations'], preload: false, selectors: false, iframes: false }"

/** What axe finds wrong with a page as it is now, a line each. */
export async function violationsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE)
  const found = (await page.evaluate(
    `axe.run({ exclude: [['iframe']] }, ${OPTIONS}).then(({ violations }) => violations)`,
  )) as Violation[]
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes.length}): ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`,
  )
}
