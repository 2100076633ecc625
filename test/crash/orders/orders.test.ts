import { expect, it } from 'vitest'
import { printFigures } from '../figures'
import { runOrderCrash } from './run-order-crash'

it('orders come to their truth, whatever is killed while they are placed, paid and cancelled', async () => {
  const seed = Number(process.env.CRASH_SEED) || Date.now() % 1_000_000
  const { wrongs, figures } = await runOrderCrash({
    orders: 30,
    kills: { leader: 1, standby: 1, app: 2, workload: 0, postgres: 1, payments: 1, mail: 0 },
    hangs: 0,
    pauseMs: { least: 50, most: 300 },
    seed,
  })
  if (process.env.CRASH_FIGURES) printFigures('short, orders', figures)
  expect(wrongs, `CRASH_SEED=${seed} makes the same blows again`).toEqual({})
}, 300_000)
