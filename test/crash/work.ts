import { setTimeout as sleep } from 'node:timers/promises'
import { signUpUntilDone } from './sign-ups'
import { STRIDE_DAYS, Strides } from './strides'
import { sendUntilTaken } from './workload/send'
import type { CrashWorld } from './world'

/** What was asked of the world, and taken. */
export type Asked = { people: string[]; events: string[]; sentInVain: number }

/** So much is begun within a stride, at most: what is under way stays within what a slow machine gets done. */
const PER_STRIDE = { people: 5, events: 10 }
/** From one sign-up or event to the next; real time. */
const PAUSE_MS = 1_000
/**
 * The life of the world: people sign up and events are sent, one after the other, while time goes on in strides of days.
 * So at each moment something is under way.
 */
export class Work {
  readonly asked: Asked = { people: [], events: [], sentInVain: 0 }
  readonly strides: Strides

  constructor(private readonly world: CrashWorld) {
    this.strides = new Strides(world)
  }

  /** Goes on until `isOver`; whatever was begun by then is asked for to its end. */
  async live(isOver: () => boolean): Promise<void> {
    const { asked } = this
    const goOn = async (once: () => Promise<void>) => {
      while (!isOver()) await once()
    }
    await Promise.all([
      goOn(() => this.strides.stride()),
      goOn(() => (asked.people.length < this.due(PER_STRIDE.people) ? this.signUp() : sleep(50))),
      goOn(() => (asked.events.length < this.due(PER_STRIDE.events) ? this.send() : sleep(50))),
    ])
  }

  private due(perStride: number): number {
    return (this.strides.days / STRIDE_DAYS) * perStride
  }

  private async signUp(): Promise<void> {
    const email = `user-${this.asked.people.length}@example.com`
    await signUpUntilDone(this.world.appUrl, email)
    this.asked.people.push(email)
    await sleep(PAUSE_MS)
  }

  private async send(): Promise<void> {
    const { engineUrl, eventKey } = this.world
    const id = `event-${this.asked.events.length}`
    this.asked.sentInVain += await sendUntilTaken(engineUrl, eventKey, id)
    this.asked.events.push(id)
    await sleep(PAUSE_MS)
  }
}
