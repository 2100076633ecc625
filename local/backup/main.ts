import { readEnv } from '../../lib/env'
import { loadEnvFiles } from '../env-files'
import { dataFolder } from '../running'
import { StartError } from '../start-error'
import { backUp } from './back-up'

/** `npm run backup -- FOLDER`: copies the data folder of the app that runs here, which goes on meanwhile. */
try {
  loadEnvFiles()
  const [to] = process.argv.slice(2)
  if (!to) throw new StartError('Say where to: `npm run backup -- FOLDER`.')
  if (process.env.DATABASE_URL)
    throw new StartError('DATABASE_URL names a PostgreSQL of your own; back that up with its own tools (pg_dump).')
  await backUp({ dataDir: dataFolder(readEnv(process.env).dataDir), to })
  console.log(`Copied to ${to}. It is a data folder: BACKROOM_DATA_DIR=${to} npm start`)
} catch (error) {
  console.error(error instanceof StartError ? error.message : error)
  process.exit(1)
}
