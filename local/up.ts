import { readEnv } from '../lib/env'
import { addressTable } from './addresses'
import { loadEnvFiles } from './env-files'
import { isOpen, startAll } from './start-all'

/** `npm start` and `npm run dev`: everything up, a table of addresses, and everything down again in order. */
async function main(): Promise<void> {
  loadEnvFiles()
  const command = process.argv[2] === 'dev' ? 'dev' : 'start'
  const stopping = waitForSignal()
  const starting = startAll({ command, source: process.env, say: console.log })
  // What is up by then ends by itself, in order, when this process does: its pipes close.
  const running = await Promise.race([starting, stopping.then(() => undefined)])
  if (!running) return console.log('Stopped before everything was up.')
  const { host } = readEnv(process.env)
  const appUrl = running.appUrl.replace('127.0.0.1', 'localhost')
  console.log(`\n${addressTable(running, appUrl)}\n`)
  if (isOpen(host)) console.log('HOST opens the app to the network; everything else stays on this machine.\n')
  console.log('Ctrl-C stops it all.')
  await stopping
  console.log('Stopping…')
  await running.stop()
}

/** Resolves at the first signal. A second one means now: what runs below ends with this process. */
function waitForSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isFirst = true
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(name, () => {
        if (!isFirst) process.exit(1)
        isFirst = false
        resolve()
      })
  })
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    // Never a stack trace: whatever it is, its words are all that the reader can use.
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
