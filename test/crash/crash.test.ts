import { expect, it } from 'vitest'
import { printFigures } from './figures'
import { runCrash } from './run-crash'

it('nothing is lost and no stored step repeated, whatever is killed and whoever hangs', async () => {
  const seed = Number(process.env.CRASH_SEED) || Date.now() % 1_000_000
  const { wrongs, figures } = await runCrash({
    app: 'node',
    kills: { leader: 1, standby: 1, app: 2, workload: 1, postgres: 1, payments: 0, mail: 0 },
    hangs: 1,
    // What a blow falls into is the work of the moment, however long the last one is ago.
    pauseMs: { least: 50, most: 300 },
    seed,
  })
  if (process.env.CRASH_FIGURES) printFigures('short', figures)
  expect(wrongs, `CRASH_SEED=${seed} makes the same blows again`).toEqual({})
}, 300_000)
