import { fileURLToPath } from 'node:url'

/** The folder of the project, wherever it is started from. */
export const PROJECT_DIR = fileURLToPath(new URL('..', import.meta.url))

/** Node with the loader that runs TypeScript. */
export const TYPESCRIPT_ARGS = ['--import', 'tsx']
