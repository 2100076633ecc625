import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cluster, startCluster } from '../../local/postgres/cluster'

/** A throw-away folder and a PostgreSQL that forces its commits to disk, as the one of `npm start` does. */
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
