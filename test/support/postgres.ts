import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { connectWriter } from '../../engine/store/connect'
import { installSchema } from '../../engine/store/install'
import { migrate } from '../../local/migrate'
import { ensureDatabase, startCluster } from '../../local/postgres/cluster'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the test server's own database, from which others are made. */
    postgresUrl: string
  }
}

export const TEMPLATE = 'backroom_template'

/** One throw-away PostgreSQL for a whole test run, with a template that has every migration. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(scratch(), 'backroom-test-'))
  const cluster = await startCluster({ dir, isDurable: false })
  const template = await ensureDatabase(cluster, TEMPLATE)
  await migrate(template)
  await installEngine(template)
  project.provide('postgresUrl', cluster.urlOf('postgres'))
  return async () => {
    await cluster.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Each test's engine finds its tables there; how they are installed has tests of its own. */
async function installEngine(url: string): Promise<void> {
  const client = await connectWriter(url)
  try {
    await installSchema(client)
  } finally {
    await client.end()
  }
}

const MEMORY = '/dev/shm'
const WANTED_BYTES = 2 * 1024 ** 3

/** Databases are made by the thousand: in memory one takes 8 ms instead of 30 or more, where there is enough of it. */
export function scratch(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= WANTED_BYTES ? MEMORY : tmpdir()
  } catch {
    return tmpdir()
  }
}
