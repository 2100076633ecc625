import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The line of PostgreSQL's own lock file on which it tells how it stands. */
const STANDING_LINE = 7

/** The process that all of the embedded PostgreSQL depends on; undefined while it does not serve. */
export function postmasterOf(dir: string): number | undefined {
  const lines = readLock(join(dir, 'postgres/data/postmaster.pid'))
  return lines[STANDING_LINE]?.trim() === 'ready' ? Number(lines[0]) : undefined
}

/** It comes and goes with the server. */
function readLock(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}
