import { ensureBuild } from '../../../local/build'
import { withDatabase } from '../../support/with-database'
import { tableOf } from '../figures'
import { type Aim, fine, missesOf, type Report, type Settings, whole } from '../report'
import { onKeptWorkbench, type Workbench } from '../workbench'
import { measureLetters, unsend } from './letters'
import { holdLetters, measureMorning } from './morning'
import { measureRecipe, RECIPE_ACCOUNTS } from './recipe'
import { databaseWith, dropDatabase, ORDERS_EACH } from './seed'
import { onStand, type Use } from './stand'

const SIZES = [1_000, 10_000, 100_000]
const MOST_SECONDS = 90
const MOST_GROWTH = 11
const MOST_MB = 600
/** As many calls a second as anybody wants to make. */
const NO_LIMIT = { RESEND_CALLS_PER_SECOND: '1000000' }

type Line = {
  accounts: number
  seconds: number
  use: Use
  /** Another such morning, whose letters go out beside it. */
  beside: { seconds: number; use: Use }
  letters: number
  letterSeconds: number
  letterUse: Use
}

/**
 * One morning of many shops, from the slot to the last stored report, with the built app, the engine and the embedded
 * PostgreSQL as `npm start` has them; then its letters, with the provider's rate limit off; both at the same time, at the
 * provider's rate; and the common recipe beside it.
 */
export function benchReports({ accounts: sizes = SIZES }: Settings): Promise<Report> {
  ensureBuild(() => {})
  return onKeptWorkbench('reports', async (bench) => {
    const lines: Line[] = []
    for (const accounts of sizes) lines.push(await measure(bench, accounts))
    const recipeSeconds = await recipe(bench)
    return reportOf(lines, recipeSeconds)
  })
}

const NAME = 'reports_bench'

function recipe(bench: Workbench): Promise<number> {
  return onDatabase(bench, 1_000, async (url) => {
    const seconds = await onStand(bench, url, {}, measureRecipe)
    console.error(`the common recipe, ${RECIPE_ACCOUNTS} accounts: ${fine(seconds)} s`)
    return seconds
  })
}

async function measure(bench: Workbench, accounts: number): Promise<Line> {
  const beside = await onDatabase(bench, accounts, (url) => morningOf(bench, url, accounts, { hasLetters: true }))
  return { beside, ...(await measureStages(bench, accounts)) }
}

function morningOf(bench: Workbench, url: string, accounts: number, { hasLetters }: { hasLetters: boolean }) {
  return onStand(bench, url, {}, async ({ running, database, useOf }) => {
    if (!hasLetters) await holdLetters(running)
    const [seconds, use] = await useOf(() => measureMorning(running, database, accounts))
    console.error(`${accounts} accounts${hasLetters ? ', letters beside' : ''}: ${fine(seconds)} s; ${usesOf(use)}`)
    return { seconds, use }
  })
}

function measureStages(bench: Workbench, accounts: number): Promise<Omit<Line, 'beside'>> {
  return onDatabase(bench, accounts, async (url) => {
    const morning = await morningOf(bench, url, accounts, { hasLetters: false })
    const letters = await withDatabase(url, unsend)
    const sending = await onStand(bench, url, NO_LIMIT, async ({ database, useOf }) => {
      const [letterSeconds, letterUse] = await useOf(() => measureLetters(database, letters))
      console.error(`${letters} letters: ${fine(letterSeconds)} s; ${usesOf(letterUse)}`)
      return { letterSeconds, letterUse }
    })
    return { accounts, letters, ...morning, ...sending }
  })
}

async function onDatabase<T>(bench: Workbench, accounts: number, work: (url: string) => Promise<T>): Promise<T> {
  const url = await databaseWith(bench, accounts, NAME)
  try {
    return await work(url)
  } finally {
    await dropDatabase(bench, NAME)
  }
}

const usesOf = (use: Use) =>
  Object.entries(use)
    .map(([name, { peakMb, cpuSeconds }]) => `${name} ${whole(peakMb)} MB, ${fine(cpuSeconds)} s CPU`)
    .join('; ')

const HEAD = [
  ...['', 'accounts', 'seconds', 'reports/s', 'ms each', 'the recipe takes', 'letters/s'],
  ...['engine MB', 'app MB', 'mail MB', 'PostgreSQL MB'],
]

function reportOf(lines: Line[], recipeSeconds: number): Report {
  const recipeMs = (recipeSeconds * 1_000) / RECIPE_ACCOUNTS
  const rateOf = (name: string, accounts: number, seconds: number) => {
    const ms = (seconds * 1_000) / accounts
    return [name, whole(accounts), fine(seconds), whole(accounts / seconds), fine(ms), `${fine(recipeMs / ms)} ×`]
  }
  const rows = lines.map(({ accounts, seconds, use, letters, letterSeconds, letterUse }) => {
    const peakOf = (name: string) => whole(Math.max(use[name]?.peakMb ?? 0, letterUse[name]?.peakMb ?? 0))
    return [
      ...rateOf('fan-out', accounts, seconds),
      ...[
        whole(letters / letterSeconds),
        peakOf('engine'),
        peakOf('app'),
        peakOf('mail sandbox'),
        peakOf('PostgreSQL'),
      ],
    ]
  })
  const both = lines.map(({ accounts, beside }) => [
    ...rateOf('with its letters', accounts, beside.seconds),
    ...['', '', '', '', ''],
  ])
  const recipe = [
    ...['the recipe', whole(RECIPE_ACCOUNTS), fine(recipeSeconds), whole(RECIPE_ACCOUNTS / recipeSeconds)],
    ...[fine(recipeMs), '1.00 ×', '', '', '', '', ''],
  ]
  const aims = aimsOf(lines)
  const text = `${tableOf(HEAD, [...rows, ...both, recipe])}\n\n${ORDERS_EACH} orders each; letters by themselves, at the sandbox, without a limit`
  return { text, figures: { lines, recipeSeconds, recipeMs }, aims, misses: missesOf(aims) }
}

function aimsOf(lines: Line[]): Aim[] {
  const of = (accounts: number) => lines.find((line) => line.accounts === accounts)
  const [tenth, most] = [of(10_000)?.seconds, of(100_000)?.seconds]
  const mostWithLetters = of(100_000)?.beside.seconds
  const peak = Math.max(
    ...lines.flatMap(({ use, letterUse, beside }) =>
      [use, letterUse, beside.use].flatMap((each) => Object.values(each).map(({ peakMb }) => peakMb)),
    ),
  )
  const aims: Aim[] = [
    {
      what: 'memory of each process, reports and letters',
      aim: `under ${MOST_MB} MB`,
      found: `${whole(peak)} MB`,
      isMet: peak < MOST_MB,
    },
  ]
  if (most) aims.push(inTime('100000 reports, from the slot to the last one', most))
  if (mostWithLetters) aims.push(inTime('the same, with its letters beside it', mostWithLetters))
  if (most && tenth)
    aims.push({
      what: 'reports: 100000 accounts beside 10000',
      aim: `≤ ${MOST_GROWTH} times the time`,
      found: fine(most / tenth),
      isMet: most / tenth <= MOST_GROWTH,
    })
  return aims
}

function inTime(what: string, seconds: number): Aim {
  return { what, aim: `under ${MOST_SECONDS} s`, found: `${fine(seconds)} s`, isMet: seconds < MOST_SECONDS }
}
