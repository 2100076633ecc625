import { Chance } from '../support/chance'

export const victims = ['leader', 'standby', 'app', 'workload', 'postgres', 'payments', 'mail'] as const
export type Victim = (typeof victims)[number]

/** kill −9; the same in the moment in which an app has answered a call; or SIGSTOP, and SIGCONT after a while. */
export type Way = 'kill' | 'kill at its answer' | 'hang'

type Span = { least: number; most: number }

export type BlowPlan = {
  /** How often each is killed. */
  kills: Record<Victim, number>
  /** How often the leader hangs: every other time for long enough to be replaced. */
  hangs: number
  /** Between two blows, or since all was up again; real milliseconds. */
  pauseMs: Span
  /** Apps that can be told to die when they have answered a call; half of their kills are so. */
  doomable: Victim[]
  /** Makes the same plan again. */
  seed: number
}

export type Intent = {
  victim: Victim
  way: Way
  /** How long the SIGCONT is waited for; real milliseconds. */
  hangMs: number
  /** Struck only when all that the work needs is up again, so that it falls into work; else on top of the last one. */
  isPatient: boolean
  /** Since the last blow, or since all was up again; real milliseconds. */
  pauseMs: number
}

/** A leader that is silent for 5 s is replaced. */
const SHORT_HANG_MS = { least: 500, most: 3_000 }
const LONG_HANG_MS = { least: 6_500, most: 9_000 }
const PATIENT_SHARE = 0.75

/** Who is struck, how, and after which pauses: all by chance, and all from the seed. */
export function intentsOf({ kills, hangs, pauseMs, doomable, seed }: BlowPlan): Intent[] {
  const chance = new Chance(seed)
  const between = ({ least, most }: Span) => least + chance.next() * (most - least)
  const wayTo = (victim: Victim): Way => (doomable.includes(victim) && chance.is(0.5) ? 'kill at its answer' : 'kill')
  const killing = victims.flatMap((victim) =>
    Array.from({ length: kills[victim] }, () => ({ victim, way: wayTo(victim), hangMs: 0 })),
  )
  const hanging = Array.from({ length: hangs }, (_, n) => ({
    ...{ victim: 'leader' as const, way: 'hang' as const },
    hangMs: between(n % 2 === 0 ? LONG_HANG_MS : SHORT_HANG_MS),
  }))
  return chance.shuffled([...killing, ...hanging]).map((intent) => ({
    ...intent,
    isPatient: chance.is(PATIENT_SHARE),
    pauseMs: between(pauseMs),
  }))
}
