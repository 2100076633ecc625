import { fileURLToPath } from 'node:url'

/** The folder of the project, wherever it is started from. */
export const PROJECT_DIR = fileURLToPath(new URL('..', import.meta.url))

/** Node with the loader that runs TypeScript. */
export const TYPESCRIPT_ARGS = ['--import', 'tsx']

/**
 * The engine. What is young in its heap gets 32 MB a half instead of 16: a decision lives until its commit is on disk, and
 * is copied once less. With 200,000 queued runs it takes them as fast as with 1,000, instead of at 78 % of that.
 */
export const ENGINE_ARGS = ['--max-semi-space-size=32', ...TYPESCRIPT_ARGS, 'engine/main.ts']
