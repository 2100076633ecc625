import { hashedKey } from '../lib/engine-api'
import { readEnv } from '../lib/env'
import { loadEnvFiles } from './env-files'
import { dataFolder, readRunning } from './running'
import { readSecrets } from './secrets'

/** `npm run clock -- 24h`: moves the time of the app that runs here, and waits until all that came due is done. */
loadEnvFiles()
const [by] = process.argv.slice(2)
const dataDir = dataFolder(readEnv(process.env).dataDir)
const { engineUrl } = readRunning(dataDir) ?? {}
if (!engineUrl) {
  console.error('Nothing runs here; `npm start` or `npm run dev` first.')
  process.exit(1)
}
const headers = {
  authorization: `Bearer ${hashedKey(readSecrets(dataDir).signingKey)}`,
  'content-type': 'application/json',
}
const request = by ? { method: 'POST', headers, body: JSON.stringify({ by }) } : { headers }
const response = await fetch(`${engineUrl}/dev/clock`, request).catch(() => {
  console.error('The engine can’t be reached; is the app still running?')
  process.exit(1)
})
const answer = (await response.json()) as { now?: string; settled?: boolean; unsettled?: string[]; error?: string }
if (answer.error) console.error(answer.error)
else console.log(`It is ${answer.now}.`)
if (answer.settled === false) console.log(`Not yet done: ${answer.unsettled?.join(', ')}.`)
process.exit(answer.error ? 1 : 0)
