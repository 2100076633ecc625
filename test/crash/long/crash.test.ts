import { expect, it } from 'vitest'
import { printFigures } from '../figures'
import { type CrashPlan, runCrash } from '../run-crash'

const pauseMs = { least: 200, most: 1_500 }

/** The long form, `npm run crash`: 500 kills and 40 hangs over plain Node, and some over Next. */
const plans: Omit<CrashPlan, 'seed'>[] = [
  {
    app: 'node',
    kills: { leader: 120, standby: 80, app: 100, workload: 100, postgres: 100, payments: 0, mail: 0 },
    hangs: 40,
    pauseMs,
  },
  {
    app: 'next',
    kills: { leader: 8, standby: 6, app: 10, workload: 6, postgres: 8, payments: 0, mail: 0 },
    hangs: 4,
    pauseMs,
  },
]

it.each(plans)(
  'nothing is lost and no stored step repeated, whatever is killed and whoever hangs: $app',
  async (plan) => {
    const seed = Number(process.env.CRASH_SEED) || Date.now() % 1_000_000
    console.log(`CRASH_SEED=${seed}`)
    const { wrongs, figures } = await runCrash({ ...plan, seed }, console.log)
    printFigures(`Crash over ${plan.app}, CRASH_SEED=${seed}`, figures)
    expect(wrongs, `CRASH_SEED=${seed} makes the same blows again`).toEqual({})
  },
  3_600_000,
)
