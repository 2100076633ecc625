import type { Chance } from '../support/chance'
import type { Client } from './client'
import type { Fleet } from './fleet'
import type { Mirror } from './mirror'
import { KEYS, NEWS, SIGNALS } from './random-workflows'
import type { Stage } from './stage'
import { TROUBLE_MS } from './trouble'
import type { Workflow } from './workflow'

const EVENTS = 14
const SIGNALS_SENT = 3

type Parts = { stage: Stage; chance: Chance; client: Client; fleet: Fleet; mirror: Mirror; workflows: Workflow[] }

/** What people ask of the engine, at random moments. */
export function letPeopleAct({ stage, chance, client, fleet, mirror, workflows }: Parts): void {
  const soon = (what: string, act: () => void) => stage.add(undefined, chance.below(TROUBLE_MS * 0.8), what, act)
  const starters = workflows.map(({ event }) => event)
  for (let n = 0; n < EVENTS; n++) {
    const [name, key] = [chance.is(0.75) ? chance.pick(starters) : chance.pick(NEWS), chance.pick(KEYS)]
    // Now and then an event comes twice, or its sender gives it no id.
    const id = chance.is(0.1) && n > 0 ? `event ${chance.below(n)}` : `event ${n}`
    if (chance.is(0.2)) soon(`somebody sends ${name} without an id`, () => void client.sendOnce(name, key))
    else soon(`somebody sends ${name}`, () => void client.send(name, id, key))
  }
  for (let n = 0; n < SIGNALS_SENT; n++) soon('somebody signals', () => void client.signal(chance.pick(SIGNALS)))
  if (chance.is(0.4))
    soon('somebody cancels a run', () => {
      const runs = mirror.rows('run')
      if (runs.length > 0) void client.cancel(String(chance.pick(runs).id))
    })
  if (chance.is(0.2)) soon('somebody cancels many runs', () => void client.cancelAll(chance.pick(workflows).id))
  if (chance.is(0.3)) {
    const { id } = chance.pick(workflows)
    soon(`somebody pauses ${id}`, () => void client.pause(id))
    // Within the time in which things go wrong, and tried until it is done: what is held would else never end.
    stage.add(undefined, TROUBLE_MS, `somebody resumes ${id}`, () => void client.resume(id))
  }
  if (chance.is(0.3)) soon('somebody moves the clock', () => client.moveClock(fleet, chance.between(1, 40) * 1_000))
}
