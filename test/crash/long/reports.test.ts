import { expect, it } from 'vitest'
import { printFigures } from '../figures'
import { runReportCrash } from '../reports/run-report-crash'

/** The long form, `npm run crash`: 50 kills over fan-outs of 300 shops. */
it('each shop has one report and one letter on its morning, whatever is killed while they are made', async () => {
  const seed = Number(process.env.CRASH_SEED) || Date.now() % 1_000_000
  console.log(`CRASH_SEED=${seed}`)
  const { wrongs, figures } = await runReportCrash({
    shops: 300,
    kills: { leader: 12, standby: 3, app: 15, workload: 0, postgres: 9, payments: 0, mail: 11 },
    hangs: 2,
    pauseMs: { least: 50, most: 2_000 },
    seed,
  })
  printFigures(`Crash of reports, CRASH_SEED=${seed}`, figures)
  expect(wrongs, `CRASH_SEED=${seed} makes the same blows again`).toEqual({})
}, 3_600_000)
