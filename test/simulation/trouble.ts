import type { Chance } from '../support/chance'
import type { CallMishap } from './app'
import type { SimulatedDatabase } from './database'
import type { Fleet } from './fleet'
import type { Stage } from './stage'

/** Things go wrong within so many simulated milliseconds; after that all must come to an end by itself. */
export const TROUBLE_MS = 60_000

const LONGEST_HANG_MS = 60_000

/** What goes wrong, for as long as it may. How rough it gets is another matter in each world. */
export class Trouble {
  kills = 0
  hangs = 0
  mishaps = 0
  private until = 0
  private readonly calls: number
  private readonly statements: number

  constructor(
    private readonly stage: Stage,
    private readonly chance: Chance,
  ) {
    this.calls = chance.pick([0, 0.1, 0.3])
    this.statements = chance.pick([0, 0.002, 0.01])
  }

  begin(fleet: Fleet, database: SimulatedDatabase): void {
    const { stage, chance } = this
    this.until = stage.now + TROUBLE_MS
    const at = () => chance.below(TROUBLE_MS * 0.8)
    for (let n = chance.below(3); n > 0; n--) fleet.start()
    for (let n = chance.below(4); n > 0; n--) stage.add(undefined, at(), 'an engine is killed', () => this.kill(fleet))
    for (let n = chance.below(3); n > 0; n--) stage.add(undefined, at(), 'an engine hangs', () => this.hang(fleet))
    for (let n = chance.below(4); n > 0; n--)
      stage.add(undefined, at(), 'a connection is lost', () => this.disconnect(database))
  }

  /** What befalls a call. */
  call(): CallMishap {
    if (!this.happens(this.calls)) return undefined
    return this.chance.pick(['refused', 'lost', 'unanswered', 'stranger', 'twice'] as const)
  }

  /** Whether the answer to a request is lost on its way. */
  answerIsLost(): boolean {
    return this.happens(this.calls)
  }

  /** What befalls a statement: its connection is lost, or the disk is full. */
  statement(): 'lost' | 'full' | undefined {
    if (!this.happens(this.statements)) return undefined
    return this.chance.pick(['lost', 'full'] as const)
  }

  /** Whether a transaction goes from its beginning to its end with nothing else in between. */
  isWhole(): boolean {
    return !this.chance.is(0.1)
  }

  private async kill(fleet: Fleet): Promise<void> {
    const alive = fleet.processes.filter(({ state }) => state !== 'dead')
    if (alive.length === 0) return
    this.kills++
    await fleet.kill(this.chance.pick(alive))
  }

  /** Stops the leader in the middle of whatever it does; long enough, and another one takes over. */
  private hang(fleet: Fleet): void {
    const process = fleet.leader()
    if (!process) return
    this.hangs++
    process.state = 'hung'
    this.stage.add(undefined, this.chance.between(100, LONGEST_HANG_MS), `${process.name} wakes`, () => {
      if (process.state !== 'hung') return
      process.state = 'up'
      process.onWake?.()
    })
  }

  private async disconnect({ sessions }: SimulatedDatabase): Promise<void> {
    const open = [...sessions].filter(({ owner }) => owner.state !== 'dead')
    if (open.length > 0) await this.chance.pick(open).lose()
  }

  private happens(probability: number): boolean {
    const happens = this.stage.now < this.until && this.chance.is(probability)
    if (happens) this.mishaps++
    return happens
  }
}
