import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { PROJECT_DIR } from '../../local/project'

/** What a bench is told: how long each round takes, and how many there are. */
export type Settings = { ms: number; rounds: number }

/** What a bench has found: tables to read, figures to keep, and each limit that was missed. */
export type Report = { text: string; figures: Record<string, unknown>; misses: string[] }

const RESULTS = join(PROJECT_DIR, 'test/bench/results')

/** Prints what a bench has found, and writes its figures as JSON into `test/bench/results`. */
export function publish(name: string, { text, figures, misses }: Report): void {
  mkdirSync(RESULTS, { recursive: true })
  const file = join(RESULTS, `${name}.json`)
  const all = { ...figures, misses, cores: availableParallelism(), node: process.version }
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`)
  console.log(`\n${text}`)
  for (const miss of misses) console.log(`missed: ${miss}`)
}

export const whole = (value: number | undefined) => (value ?? Number.NaN).toFixed(0)
export const fine = (value: number | undefined) => (value ?? Number.NaN).toFixed(2)
