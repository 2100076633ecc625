import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_DIR } from './project'

/** Reads `.env.local` and `.env` into the environment, as Next does; what is set already stays as it is. */
export function loadEnvFiles(): void {
  for (const name of ['.env.local', '.env']) {
    const path = join(PROJECT_DIR, name)
    if (existsSync(path)) process.loadEnvFile(path)
  }
}
