import { loadEnvFiles } from './env-files'
import { migrate } from './migrate'
import { StartError } from './start-error'

/** `npm run db:migrate`: brings DATABASE_URL's database up to date. */
try {
  loadEnvFiles()
  const url = process.env.DATABASE_URL
  if (!url) throw new StartError('DATABASE_URL is missing; it says which database to migrate.')
  const applied = await migrate(url)
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
