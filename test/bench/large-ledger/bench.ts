import { closeDb, db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { countRuns } from '@/lib/runs/count-runs'
import { startLedgerUpkeep, stopLedgerUpkeep } from '@/lib/runs/upkeep'
import { ledgerWritten } from '@/lib/runs/writer'
import { migrate } from '../../../local/migrate'
import { ensureDatabase } from '../../../local/postgres/cluster'
import { quantile, tableOf } from '../figures'
import { fine, type Report, type Settings, whole } from '../report'
import { onWorkbench } from '../workbench'
import { loadLedger, RUNS } from './load'
import { writeRuns } from './new-runs'
import { prepareQuestions, type Question } from './questions'

type Answered = { name: string; p50Ms: number; p95Ms: number; mostMs: number }

const RUNS_PER_SECOND = 100
const ASKED_EACH_ROUND = 20
const MOST_P95_MS = 100

/**
 * How long the console's questions take in a ledger of 200,000 runs and a million steps, asked in the process that
 * writes 100 runs a second into it, as the app does.
 */
export async function benchLargeLedger({ rounds }: Settings): Promise<Report> {
  return onWorkbench(async ({ cluster }) => {
    const databaseUrl = await ensureDatabase(cluster, 'large_ledger')
    await migrate(databaseUrl)
    Object.assign(process.env, { BACKROOM_MODE: 'local', DATABASE_URL: databaseUrl, SESSION_SECRET: 'be'.repeat(32) })
    forgetEnv()
    console.error('filling the ledger …')
    await loadLedger(databaseUrl)
    try {
      return await askWhileWriting(rounds)
    } finally {
      await closeDb()
    }
  })
}

async function askWhileWriting(rounds: number): Promise<Report> {
  const questions = await prepareQuestions()
  const startedAt = performance.now()
  startLedgerUpkeep()
  const stopWriting = writeRuns(RUNS_PER_SECOND)
  const answered = await askAll(questions, rounds)
  const seconds = (performance.now() - startedAt) / 1_000
  const noted = stopWriting()
  stopLedgerUpkeep()
  await ledgerWritten({ withinMs: 10_000 })
  const written = (await db().run.count()) - RUNS
  if (written !== noted) throw new Error(`${written} of ${noted} runs were written`)
  await checkCounts()
  const misses = answered
    .filter(({ p95Ms }) => p95Ms >= MOST_P95_MS)
    .map(({ name, p95Ms }) => `${name}: ${whole(p95Ms)} ms at p95`)
  const perSecond = noted / seconds
  const text = `${table(answered)}\n\n${whole(perSecond)} runs a second were written meanwhile; each asked ${rounds * ASKED_EACH_ROUND} times`
  return { text, figures: { answered, runsWrittenPerSecond: perSecond }, misses }
}

/** Counts that are quick and wrong would be worth nothing. */
async function checkCounts(): Promise<void> {
  const counts = await countRuns({ isOperator: true })
  for (const { status, _count } of await db().run.groupBy({ by: ['status'], _count: true }))
    if (counts[status] !== _count) throw new Error(`${counts[status]} runs are counted as ${status}, of ${_count}`)
}

/** In turns, so that a noisy moment is not one question's alone. */
async function askAll(questions: Question[], rounds: number): Promise<Answered[]> {
  const times = new Map<string, number[]>(questions.map(({ name }) => [name, []]))
  for (const { ask } of questions) await ask(0)
  for (let n = 0; n < rounds * ASKED_EACH_ROUND; n++)
    for (const { name, ask } of questions) {
      const startedAt = performance.now()
      await ask(n)
      times.get(name)?.push(performance.now() - startedAt)
    }
  return [...times].map(([name, each]) => ({
    name,
    p50Ms: quantile(each, 0.5),
    p95Ms: quantile(each, 0.95),
    mostMs: Math.max(...each),
  }))
}

function table(answered: Answered[]): string {
  const rows = answered.map(({ name, p50Ms, p95Ms, mostMs }) => [name, fine(p50Ms), fine(p95Ms), fine(mostMs)])
  return tableOf(['question', 'p50 ms', 'p95 ms', 'most ms'], rows)
}
