import { fstatSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import pino from 'pino'
import { collectDefaultMetrics } from 'prom-client'
import { createApi } from './api/server'
import { createStandby } from './api/standby'
import { type Engine, startEngine } from './index'
import { AppPoller } from './loop/app-poller'
import { Pruner, type Retention } from './loop/pruner'
import { readSettings, type Settings } from './settings'

/**
 * On a large machine V8 lets the heap grow to four times what is alive before it looks through all of it, and an engine
 * at rest keeps what it took. At one and a half times, 100,000 runs that have fallen asleep leave 250 MB instead of 420
 * (at most 300 on the way instead of 520), for a tenth more of its own time in a burst.
 */
const HEAP_GROWTH = '--heap-growing-percent=50'

/**
 * How often the loop’s lag is sampled, in milliseconds. Each sample wakes the machine: at prom-client’s own 10 an idle
 * engine took 0.7 ms of CPU more for each run of three steps at ten a second, and the run half a millisecond longer.
 */
const LAG_SAMPLE_MS = 100

/** The engine as a program: settings from the environment, log lines on stdout, an end by SIGTERM or by its starter's. */
async function main(): Promise<void> {
  setFlagsFromString(HEAP_GROWTH)
  const read = readSettings(process.env)
  if ('problems' in read) return fail(read.problems.join('\n'))
  const { settings } = read
  const log = pino({ level: settings.LOG_LEVEL, base: { program: 'engine' } })
  let stopLeading: (() => Promise<void>) | undefined
  onEnd(async () => {
    await stopLeading?.()
    log.info('engine stopped')
    process.exit(0)
  })
  const server = createStandby()
  const url = await listen(server, settings)
  const engine = await startEngine({
    databaseUrl: settings.DATABASE_URL,
    log,
    signingKey: settings.INNGEST_SIGNING_KEY,
    onLost: (reason) => fail(`The engine has lost the lead: ${reason}.`),
  })
  stopLeading = serve(engine, server, settings)
  log.info({ url, mode: settings.ENGINE_MODE, epoch: engine.epoch }, 'engine ready')
}

/** Opens the doors of an engine that leads, and starts what goes on beside it. @returns what ends all that in order. */
function serve(engine: Engine, server: Server, settings: Settings): () => Promise<void> {
  collectDefaultMetrics({ register: engine.metrics.registry, eventLoopMonitoringPrecision: LAG_SAMPLE_MS })
  createApi(engine, apiOptions(settings), server)
  const poller = new AppPoller(
    { ...engine, signingKey: settings.INNGEST_SIGNING_KEY },
    settings.ENGINE_APP_URLS,
    settings.ENGINE_POLL_MS,
  )
  if (settings.ENGINE_POLL_MS > 0) void poller.start()
  const pruner = new Pruner(engine, retention(settings))
  if (settings.ENGINE_PRUNE_MS > 0) void pruner.start(settings.ENGINE_PRUNE_MS)
  return async () => {
    poller.stop()
    pruner.stop()
    // Apps may save steps until the last call has ended, so the doors stay open that long.
    await engine.stop()
    server.close()
    server.closeAllConnections()
  }
}

function listen(server: Server, { ENGINE_PORT: port, ENGINE_HOST: host }: Settings): Promise<string> {
  server.once('error', (error) => fail(`The engine can't listen on port ${port}: ${error.message}`))
  return new Promise((resolve) => {
    server.listen(port, host, () => resolve(`http://${host}:${(server.address() as AddressInfo).port}`))
  })
}

function retention(settings: Settings): Retention {
  const ageMs = settings.ENGINE_KEEP_HOURS * 3_600_000
  return { ageMs, failedRuns: settings.ENGINE_KEEP_FAILED, completedRuns: settings.ENGINE_KEEP_COMPLETED }
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

/** Calls `stop` once, by a signal, or when the starter is gone: killed, it can't say so, but its end of the pipe closes. */
function onEnd(stop: () => Promise<void>): void {
  let isEnding = false
  const end = () => {
    if (!isEnding) void stop()
    isEnding = true
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  const stdin = fstatSync(0)
  if (stdin.isFIFO() || stdin.isSocket()) process.stdin.on('close', end).on('error', end).resume()
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

main().catch((error) => fail(error instanceof Error ? error.message : String(error)))
