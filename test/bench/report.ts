import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { PROJECT_DIR } from '../../local/project'
import { tableOf } from './figures'

/** What a bench is told: how long each round takes, and how many there are; and sizes, where it has some. */
export type Settings = { ms: number; rounds: number; accounts?: number[] }

/** One line of what must hold: what is asked for, and what was found. */
export type Aim = { what: string; aim: string; found: string; isMet: boolean }

/** What a bench has found: tables to read, figures to keep, what was aimed at, and each limit that was missed. */
export type Report = { text: string; figures: Record<string, unknown>; aims?: Aim[]; misses: string[] }

const RESULTS = join(PROJECT_DIR, 'test/bench/results')

/** Prints what a bench has found, and writes its figures as JSON into `test/bench/results`. */
export function publish(name: string, { text, figures, aims = [], misses }: Report): void {
  mkdirSync(RESULTS, { recursive: true })
  const file = join(RESULTS, `${name}.json`)
  const machine = { cores: availableParallelism(), node: process.version, load: loadavg().map(fine).join(' ') }
  writeFileSync(file, `${JSON.stringify({ ...figures, aims, misses, ...machine }, null, 2)}\n`)
  console.log(`\n${text}`)
  for (const miss of misses) console.log(`missed: ${miss}`)
}

/** Every aim of all benches that ran, with what was found. */
export function summaryOf(aims: Aim[]): string {
  const rows = aims.map(({ what, aim, found, isMet }) => [what, aim, found, isMet ? 'yes' : 'NO'])
  return tableOf(['what', 'aim', 'found', 'met'], rows)
}

export function missesOf(aims: Aim[]): string[] {
  return aims.filter(({ isMet }) => !isMet).map(({ what, aim, found }) => `${what}: ${found}, and not ${aim}`)
}

export const whole = (value: number | undefined) => (value ?? Number.NaN).toFixed(0)
export const fine = (value: number | undefined) => (value ?? Number.NaN).toFixed(2)
export const percent = (share: number) => `${whole(share * 100)} %`
