import { setTimeout as sleep } from 'node:timers/promises'
import { median } from './figures'
import { familyOf, usageOf } from './processes'
import { EVENT_KEY, type Stage } from './stage'
import type { Workload } from './workloads'

export type Round = { runsPerSecond: number; cpuMsPerRun: Record<string, number>; rssMb: Record<string, number> }

/** Runs that wait while it is measured: so many that the engine never runs dry, so few that sending costs little. */
const BACKLOG = 2_000
const BATCH = 500
const WARM_UP_MS = 1_000

type Driver = { keepBusy: () => Promise<void>; rest: () => Promise<void> }

/**
 * One round: how many runs of a workload an app ends in a second, and what each costs.
 * @param postgresPid the database's first process, where there is one.
 */
export async function measure(stage: Stage, workload: Workload, ms: number, postgresPid?: number): Promise<Round> {
  const isNull = stage.options.engine === 'null'
  const driver = isNull ? nullDriver(stage, workload) : ourDriver(stage, workload)
  const families = { app: stage.app.pid, engine: stage.engine.pid, ...(postgresPid ? { postgres: postgresPid } : {}) }
  const read = () => Object.entries(families).map(([name, pid]) => [name, usageOf(pid ? familyOf(pid) : [])] as const)
  await driver.keepBusy()
  await busyFor(driver, WARM_UP_MS)
  const [before, countBefore, startedAt] = [read(), (await stage.counts())[workload], performance.now()]
  await busyFor(driver, ms)
  const runs = (await stage.counts())[workload] - countBefore
  const seconds = (performance.now() - startedAt) / 1_000
  const after = read()
  await driver.rest()
  const spent = after.map(([name, usage], i) => [name, (usage.cpuMs - (before[i]?.[1].cpuMs ?? 0)) / runs] as const)
  return {
    runsPerSecond: runs / seconds,
    cpuMsPerRun: Object.fromEntries(spent),
    rssMb: Object.fromEntries(after.map(([name, usage]) => [name, usage.rssMb])),
  }
}

/** Each figure's own median. */
export function medianRound(rounds: Round[]): Round {
  const over = (read: (round: Round) => Record<string, number>) => {
    const names = Object.keys(rounds[0] ? read(rounds[0]) : {})
    return Object.fromEntries(names.map((name) => [name, median(rounds.map((round) => read(round)[name] ?? 0))]))
  }
  return {
    runsPerSecond: median(rounds.map(({ runsPerSecond }) => runsPerSecond)),
    cpuMsPerRun: over(({ cpuMsPerRun }) => cpuMsPerRun),
    rssMb: over(({ rssMb }) => rssMb),
  }
}

async function busyFor({ keepBusy }: Driver, ms: number): Promise<void> {
  const until = performance.now() + ms
  while (performance.now() < until) {
    await keepBusy()
    await sleep(100)
  }
}

function nullDriver({ engineUrl }: Stage, workload: Workload): Driver {
  let isTold = false
  return {
    keepBusy: async () => {
      if (!isTold) await fetch(`${engineUrl}/drive/${workload}`, { method: 'POST' })
      isTold = true
    },
    rest: async () => {
      await fetch(`${engineUrl}/drive/`, { method: 'POST' })
      await sleep(500)
      // A ceiling measured with failing calls would be too low, and make our share look better than it is.
      const failures = await (await fetch(`${engineUrl}/failures`)).text()
      if (failures !== '0') throw new Error(`${failures} calls of the null engine failed`)
    },
  }
}

function ourDriver({ engineUrl, counts }: Stage, workload: Workload): Driver {
  let sent = 0
  let base: number | undefined
  const left = async () => {
    const done = (await counts())[workload]
    base ??= done
    return sent - (done - base)
  }
  return {
    keepBusy: async () => {
      while ((await left()) < BACKLOG) {
        await send(engineUrl, workload)
        sent += BATCH
      }
    },
    rest: async () => {
      while ((await left()) > 0) await sleep(50)
    },
  }
}

async function send(engineUrl: string, workload: Workload): Promise<void> {
  const events = Array.from({ length: BATCH }, () => ({ name: `bench/${workload}`, data: { n: 1 } }))
  const response = await fetch(`${engineUrl}/e/${EVENT_KEY}`, { method: 'POST', body: JSON.stringify(events) })
  if (!response.ok) throw new Error(await response.text())
  await response.body?.cancel()
}
