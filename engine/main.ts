import { fstatSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { collectDefaultMetrics } from 'prom-client'
import { createApi } from './api/server'
import { startEngine } from './index'
import { AppPoller } from './loop/app-poller'
import { readSettings, type Settings } from './settings'

/** The engine as a program: settings from the environment, log lines on stdout, an end by SIGTERM or by its starter's. */
async function main(): Promise<void> {
  const read = readSettings(process.env)
  if ('problems' in read) return fail(read.problems.join('\n'))
  const { settings } = read
  const log = pino({ level: settings.LOG_LEVEL, base: { program: 'engine' } })
  const engine = await startEngine({
    databaseUrl: settings.DATABASE_URL,
    log,
    signingKey: settings.INNGEST_SIGNING_KEY,
    onLost: (reason) => fail(`The engine has lost the lead: ${reason}.`),
  })
  collectDefaultMetrics({ register: engine.metrics.registry })
  const server = createApi(engine, apiOptions(settings))
  const poller = new AppPoller(
    { ...engine, signingKey: settings.INNGEST_SIGNING_KEY },
    settings.ENGINE_APP_URLS,
    settings.ENGINE_POLL_MS,
  )

  server.once('error', (error) => fail(`The engine can't listen on port ${settings.ENGINE_PORT}: ${error.message}`))
  server.listen(settings.ENGINE_PORT, settings.ENGINE_HOST, () => {
    const { port } = server.address() as AddressInfo
    log.info(
      { url: `http://${settings.ENGINE_HOST}:${port}`, mode: settings.ENGINE_MODE, epoch: engine.epoch },
      'engine ready',
    )
    if (settings.ENGINE_POLL_MS > 0) void poller.start()
  })

  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    poller.stop()
    // Apps may save steps until the last call has ended, so the doors stay open that long.
    await engine.stop()
    server.close()
    server.closeAllConnections()
    log.info('engine stopped')
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  onStarterGone(stop)
}

function apiOptions(settings: Settings): Parameters<typeof createApi>[1] {
  const baseUrl = settings.INNGEST_BASE_URL
  return {
    mode: settings.ENGINE_MODE,
    consoleUrl: settings.ENGINE_CONSOLE_URL,
    hostNames: [settings.ENGINE_HOST, ...(baseUrl ? [new URL(baseUrl).hostname] : [])],
    keys: {
      eventKey: settings.INNGEST_EVENT_KEY,
      signingKey: settings.INNGEST_SIGNING_KEY,
      signingKeyFallback: settings.INNGEST_SIGNING_KEY_FALLBACK,
    },
  }
}

/** A starter that was killed can't say goodbye, but its end of the pipe closes. */
function onStarterGone(stop: () => void): void {
  const stdin = fstatSync(0)
  if (!stdin.isFIFO() && !stdin.isSocket()) return
  process.stdin.on('close', stop).on('error', stop).resume()
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

main().catch((error) => fail(error instanceof Error ? error.message : String(error)))
