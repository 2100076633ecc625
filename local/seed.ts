import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { PROJECT_DIR, TYPESCRIPT_ARGS } from './project'
import { StartError } from './start-error'

/** Runs the seed as a program of its own: it uses the app's own verbs, which this program must not import. */
export async function seed(env: Record<string, string | undefined>): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [...TYPESCRIPT_ARGS, 'prisma/seed.ts'], {
      cwd: PROJECT_DIR,
      env: env as NodeJS.ProcessEnv,
    })
  } catch (error) {
    throw new StartError(`The demo could not be made: ${error instanceof Error ? error.message : error}`)
  }
}
