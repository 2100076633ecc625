import { parseArgs } from 'node:util'
import { keepEnvironment } from '../support/keep-environment'
import { benchBacklog } from './backlog'
import { benchColdStart } from './cold-start'
import { benchEngine } from './engine-share'
import { benchFanOut } from './fan-out'
import { benchImages } from './images'
import { benchImport } from './import'
import { benchLargeLedger } from './large-ledger/bench'
import { benchLatency } from './latency'
import { benchLedger } from './ledger-cost'
import { benchOrderList } from './order-list'
import { benchOrders } from './orders'
import { benchPageWeight } from './page-weight'
import { benchPeers } from './peers/bench'
import { type Aim, publish, type Report, type Settings, summaryOf } from './report'
import { benchReportPage } from './report-page'
import { benchReports } from './reports/bench'
import { benchSleeping } from './sleeping'
import { benchUploads } from './uploads'

const benches: Record<string, (settings: Settings) => Promise<Report>> = {
  engine: benchEngine,
  latency: benchLatency,
  backlog: benchBacklog,
  sleeping: benchSleeping,
  'fan-out': benchFanOut,
  peers: benchPeers,
  'cold-start': benchColdStart,
  ledger: benchLedger,
  'large-ledger': benchLargeLedger,
  'order-list': benchOrderList,
  'report-page': benchReportPage,
  'page-weight': benchPageWeight,
  import: benchImport,
  orders: benchOrders,
  images: benchImages,
  uploads: benchUploads,
  reports: benchReports,
}

/**
 * `npm run bench -- [name …] [--seconds 10] [--rounds 3] [--accounts 1000]`: all benches, or those that are named; the reports
 * may be told how many accounts there are, once or several times. What is compared is
 * measured in turns, so that a noisy machine is noisy for both. Exit code 0 only when every limit is kept.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '10' },
      rounds: { type: 'string', default: '3' },
      accounts: { type: 'string', multiple: true },
    },
  })
  const accounts = values.accounts?.map(Number)
  const settings = {
    ms: Number(values.seconds) * 1_000,
    rounds: Number(values.rounds),
    ...(accounts ? { accounts } : {}),
  }
  if (!(settings.ms > 0) || !(settings.rounds >= 1)) return refuse('--seconds and --rounds take a number above 0.')
  if (accounts?.some((size) => !Number.isInteger(size) || size < 1))
    return refuse('--accounts takes a whole number from 1.')
  const unknown = positionals.find((name) => !(name in benches))
  if (unknown) return refuse(`There is no bench ${unknown}; there are ${Object.keys(benches).join(', ')}.`)
  const aims: Aim[] = []
  let missed = 0
  for (const [name, bench] of Object.entries(benches)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    const report = await inOwnEnvironment(() => bench(settings))
    publish(name, report)
    aims.push(...(report.aims ?? []))
    missed += report.misses.length
  }
  if (aims.length > 0) console.log(`\n${summaryOf(aims)}`)
  return missed > 0 ? 1 : 0
}

/** What a bench sets in this process's environment is gone after it: the next one would start its app by it. */
async function inOwnEnvironment<T>(work: () => Promise<T>): Promise<T> {
  const restoreEnvironment = keepEnvironment()
  try {
    return await work()
  } finally {
    restoreEnvironment()
  }
}

function refuse(reason: string): number {
  console.error(reason)
  return 2
}

process.exit(await main())
