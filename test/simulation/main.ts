import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connectWriter } from '@/engine/store/connect'
import { ensureDatabase, startCluster } from '../../local/postgres/cluster'
import { scratch } from '../support/postgres'
import { addUp, type Sum } from './sum'
import { type Outcome, simulate } from './world'

const options = {
  seconds: { type: 'string', default: '60' },
  seed: { type: 'string' },
  story: { type: 'string', default: '60' },
} as const

/**
 * `npm run simulate -- [--seconds 60] [--seed n] [--story 60]`: one random world after the other, until the time is
 * over or something is broken; with a seed, that one world again. Exit code 0 only when nothing was broken.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options })
  const one = values.seed === undefined ? undefined : Number(values.seed)
  const [seconds, story] = [Number(values.seconds), Number(values.story)]
  if (![one ?? 1, seconds, story].every((n) => Number.isInteger(n) && n > 0)) {
    console.error('--seed, --seconds and --story take a whole number above 0.')
    return 2
  }
  const dir = mkdtempSync(join(scratch(), 'backroom-simulation-'))
  const cluster = await startCluster({ dir, isDurable: false })
  const url = await ensureDatabase(cluster, 'simulation')
  const db = await connectWriter(url)
  try {
    const first = one ?? 1 + (Date.now() % 1_000_000_000)
    const until = performance.now() + (one === undefined ? seconds * 1_000 : 0)
    return await simulateUntil(until, first, story, (seed) => simulate(url, db, seed))
  } finally {
    await db.end()
    await cluster.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function simulateUntil(
  until: number,
  first: number,
  story: number,
  run: (seed: number) => Promise<Outcome>,
): Promise<number> {
  const startedAt = performance.now()
  let sum: Sum | undefined
  for (let seed = first; seed === first || performance.now() < until; seed++) {
    const outcome = await run(seed)
    sum = addUp(sum, outcome)
    if (outcome.broken.length === 0) continue
    console.error(outcome.story.slice(-story).join('\n'))
    console.error(`\nbroken:\n${outcome.broken.join('\n')}\n\nAgain: npm run simulate -- --seed ${seed}`)
    return 1
  }
  const minutes = (performance.now() - startedAt) / 60_000
  console.log(
    JSON.stringify(
      { firstSeed: first, ...sum, workflowsAMinute: Math.round((sum?.workflows ?? 0) / minutes) },
      null,
      2,
    ),
  )
  return 0
}

process.exit(await main())
