import type { TestProject } from 'vitest/node'
import { ensureBuild, ensureClient } from '../../local/build'

/** Whose tests start the built app. */
const STARTERS = /\/test\/(e2e|local|crash)\//

/**
 * What several test files start is built once, before any of them: two that built at the same time would spoil both.
 * Where none of those that were asked for starts it, nobody waits for it.
 */
export default async function setup(project: TestProject): Promise<void> {
  ensureClient()
  // Known to Vitest's watch mode and its reporters, and not yet to its types.
  const { filenamePattern } = project.vitest as { filenamePattern?: string[] }
  const { testFiles } = await project.globTestFiles(filenamePattern)
  if (testFiles.some((file) => STARTERS.test(file))) ensureBuild(console.log)
}
