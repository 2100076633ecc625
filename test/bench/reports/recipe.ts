import { join } from 'node:path'
import { answersAt } from '../../../local/answers'
import { Child } from '../../../local/child'
import { freePort } from '../../../local/ports'
import { TYPESCRIPT_ARGS } from '../../../local/project'
import { registerApp } from '../../../local/register'
import { untilCount } from './morning'
import { REPORTED_DAY } from './seed'
import type { Stand } from './stand'

/** A run ends at 1,000 steps. */
export const RECIPE_ACCOUNTS = 900

/** The same reports by the common recipe, in an app of its own. @returns seconds from the event to the last stored report. */
export async function measureRecipe({ running, database }: Stand): Promise<number> {
  const { secrets, engineUrl, databaseUrl, dataDir } = running
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    ...process.env,
    ...{ NODE_ENV: 'production', BACKROOM_MODE: 'local', BACKROOM_ENGINE: 'embedded', BACKROOM_DATA_DIR: dataDir },
    ...{ DATABASE_URL: databaseUrl, PORT: String(port), APP_URL: url, SESSION_SECRET: secrets.sessionSecret },
    ...{ INNGEST_DEV: '0', INNGEST_BASE_URL: engineUrl, LOG_LEVEL: 'warn' },
    ...{ INNGEST_EVENT_KEY: secrets.eventKey, INNGEST_SIGNING_KEY: secrets.signingKey },
  }
  const app = new Child({
    ...{ name: 'recipe', args: [...TYPESCRIPT_ARGS, 'test/bench/reports/recipe-app.ts'], env, say: console.error },
    ...{ logFile: join(dataDir, 'logs', 'recipe.log'), isReady: () => answersAt(`${url}/health`) },
  })
  await app.start()
  try {
    await registerApp(url)
    const begun = performance.now()
    const body = JSON.stringify({ name: 'recipe/morning', data: { day: REPORTED_DAY, most: RECIPE_ACCOUNTS } })
    await (await fetch(`${engineUrl}/e/${secrets.eventKey}`, { method: 'POST', body })).text()
    await untilCount(database, 'SELECT count(*)::int AS n FROM "Report"', RECIPE_ACCOUNTS)
    return (performance.now() - begun) / 1_000
  } finally {
    await app.stop()
  }
}
