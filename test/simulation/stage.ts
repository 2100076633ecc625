import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Timers } from '@/engine/timers'
import type { Chance } from '../support/chance'

/** One engine's process: nothing of a dead one happens any more, and nothing of one that hangs until it wakes. */
export type Process = { name: string; state: 'up' | 'hung' | 'dead'; epoch?: number; onWake?: () => void }

type Doing = { owner: Process | undefined; dueAt: number; what: string; run: () => void | Promise<void> }

/** How often time goes on although something could happen now: what is under way is then late. */
const LATE = 0.03
const LONGEST_LATE_MS = 2_000
const MOST_TOLD = 2_000

/**
 * Everything that can happen next, of which chance picks one at a time: a statement reaches the database, a call the
 * app, an answer the engine, a timer fires, somebody is killed. Time stands still in between, and goes on when nothing
 * else can happen. So a run of the simulation is the same for the same seed, and takes no time but its work's.
 */
export class Stage {
  /** Simulated milliseconds since the beginning. */
  now = 0
  steps = 0
  /** What has happened, newest last: printed with what went wrong. */
  readonly story: string[] = []
  private readonly doings = new Set<Doing>()

  constructor(readonly chance: Chance) {}

  /** Lets something happen, not before so many milliseconds are over. @returns what calls it off. */
  add(owner: Process | undefined, inMs: number, what: string, run: Doing['run']): () => void {
    const doing = { owner, dueAt: this.now + inMs, what, run }
    this.doings.add(doing)
    return () => this.doings.delete(doing)
  }

  /** Resolves when it is this one's turn. */
  turn(owner: Process | undefined, what: string, inMs = 0): Promise<void> {
    return new Promise((resolve) => {
      this.add(owner, inMs, what, resolve)
    })
  }

  /** Does something when it is this one's turn; all that it takes is over before anything else happens. */
  do<T>(owner: Process | undefined, what: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.add(owner, 0, what, () => work().then(resolve, reject))
    })
  }

  timersOf(owner: Process): Timers {
    return {
      after: (ms, run) => this.add(owner, ms, 'timer', run),
      turn: () => this.turn(owner, 'turn'),
    }
  }

  /** What a dead process still had to do. */
  forget(owner: Process): void {
    for (const doing of this.doings) if (doing.owner === owner) this.doings.delete(doing)
  }

  tell(what: string): void {
    this.story.push(`${(this.now / 1_000).toFixed(3)} s ${what}`)
    if (this.story.length > MOST_TOLD) this.story.shift()
  }

  /** One thing happens, or time goes on. */
  async step(): Promise<void> {
    this.steps++
    const awake = [...this.doings].filter(({ owner }) => !owner || owner.state === 'up')
    const ready = awake.filter(({ dueAt }) => dueAt <= this.now)
    if (awake.length === 0) throw new Error('nothing is left that could happen')
    if (ready.length === 0) {
      this.now = Math.max(this.now, Math.min(...awake.map(({ dueAt }) => dueAt)))
      return
    }
    if (this.chance.is(LATE)) {
      this.now += this.chance.between(1, LONGEST_LATE_MS)
      return
    }
    const doing = this.chance.pick(ready)
    this.doings.delete(doing)
    if (doing.owner && doing.what !== 'timer') this.tell(`${doing.owner.name}: ${doing.what}`)
    else if (!doing.owner) this.tell(doing.what)
    await doing.run()
    // Two turns: all that follows from it at once has then happened.
    await nextTurn()
    await nextTurn()
  }
}
