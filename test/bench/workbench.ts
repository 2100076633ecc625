import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cluster, startCluster } from '../../local/postgres/cluster'
import { PROJECT_DIR } from '../../local/project'

/** A folder and a PostgreSQL that forces its commits to disk, as the one of `npm start` does. */
export type Workbench = { dir: string; cluster: Cluster }

export async function onWorkbench<T>(work: (bench: Workbench) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'backroom-bench-'))
  const cluster = await startCluster({ dir: join(dir, 'postgres') })
  try {
    return await work({ dir, cluster })
  } finally {
    await cluster.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** As `onWorkbench`, but the databases stay for the next time: filling them takes longer than what is measured. */
export async function onKeptWorkbench<T>(name: string, work: (bench: Workbench) => Promise<T>): Promise<T> {
  const kept = join(PROJECT_DIR, '.data/bench', name)
  mkdirSync(kept, { recursive: true, mode: 0o700 })
  const dir = mkdtempSync(join(tmpdir(), 'backroom-bench-'))
  const cluster = await startCluster({ dir: join(kept, 'postgres') })
  try {
    return await work({ dir, cluster })
  } finally {
    await cluster.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
