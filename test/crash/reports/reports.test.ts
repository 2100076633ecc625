import { expect, it } from 'vitest'
import { printFigures } from '../figures'
import { runReportCrash } from './run-report-crash'

it('each shop has one report and one letter on its morning, whatever is killed while they are made', async () => {
  const seed = Number(process.env.CRASH_SEED) || Date.now() % 1_000_000
  const { wrongs, figures } = await runReportCrash({
    shops: 100,
    kills: { leader: 1, standby: 0, app: 1, workload: 0, postgres: 1, payments: 0, mail: 0 },
    hangs: 0,
    pauseMs: { least: 50, most: 300 },
    seed,
  })
  if (process.env.CRASH_FIGURES) printFigures(`short, reports, CRASH_SEED=${seed}`, figures)
  expect(wrongs, `CRASH_SEED=${seed} makes the same blows again`).toEqual({})
}, 300_000)
