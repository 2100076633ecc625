import { victims } from './blow-plan'
import type { Struck, Takeover } from './blows'
import { readTotals } from './product'
import type { Work } from './work'
import type { Evidence } from './workload/judge'
import { findRepeats } from './workload/repeats'
import type { CrashWorld } from './world'

/** What a run has done and seen, one figure under each name. */
export type Figures = Record<string, number>

export async function readFigures(
  world: CrashWorld,
  { asked, strides }: Work,
  struck: Struck,
  evidence: Evidence,
): Promise<Figures> {
  const { runs, executions, stored } = evidence
  const { repeated, leftBehind, again } = findRepeats(executions, stored, struck.blows)
  return {
    ...blowFigures(struck),
    'days that time was moved': strides.days,
    ...(await readTotals(world)),
    'workload: events sent': asked.events.length,
    'workload: sends in vain': asked.sentInVain,
    'workload: runs': runs.length,
    'workload: steps stored': stored.length,
    'workload: bodies executed': executions.length,
    'workload: bodies executed again, their answers lost': again.length,
    'workload: bodies begun late, by calls left behind': leftBehind.length,
    'workload: stored steps repeated': repeated.length,
  }
}

/** What was struck, and how long the lead was away for it. */
export function blowFigures({ blows, takeovers }: Struck): Figures {
  const kills = blows.filter(({ way }) => way !== 'hang')
  const killsOf = victims.map((victim) => [`kills of ${victim}`, kills.filter((kill) => kill.victim === victim).length])
  return {
    'kills −9': kills.length,
    ...Object.fromEntries(killsOf),
    'kills right after an answer': kills.filter(({ way }) => way === 'kill at its answer').length,
    'hangs of the leader': blows.length - kills.length,
    ...takeoverFigures(takeovers),
  }
}

function takeoverFigures(takeovers: Takeover[]): Figures {
  const all = takeovers.map(({ ms }) => ms)
  const undisturbed = (way: Takeover['after']) =>
    takeovers.filter(({ after, isClean }) => after === way && isClean).map(({ ms }) => ms)
  const [kills, hangs] = [undisturbed('kill'), undisturbed('hang')]
  return {
    takeovers: all.length,
    'takeovers, longest, with standby or database down too, ms': longest(all),
    'undisturbed takeovers after a kill': kills.length,
    'undisturbed takeovers after a kill, median ms': median(kills),
    'undisturbed takeovers after a kill, longest ms': longest(kills),
    'undisturbed takeovers after a hang': hangs.length,
    'undisturbed takeovers after a hang, median ms': median(hangs),
    'undisturbed takeovers after a hang, longest ms': longest(hangs),
  }
}

const longest = (values: number[]) => Math.max(0, ...values)

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** The figures as a table, and as a line of JSON. */
export function printFigures(title: string, figures: Figures): void {
  const width = Math.max(...Object.keys(figures).map((name) => name.length))
  const lines = Object.entries(figures).map(([name, value]) => `  ${name.padEnd(width)}  ${String(value).padStart(8)}`)
  console.log([title, ...lines, JSON.stringify({ title, ...figures })].join('\n'))
}
