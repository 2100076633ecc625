import type { EngineClock } from '../../clock'
import { claimsOf, momentFor } from '../../flow/idempotency'
import type { StoredEvent } from '../../model/event'
import type { RegisteredFunction } from '../../model/function'
import type { Wait } from '../../model/run'
import { readClaims, readKnownEvents } from '../../store/read'
import { ingest } from '../../trigger/ingest'
import { functionsFor } from '../../trigger/match'
import type { Operation } from '../lane'
import type { World } from '../world'
import { loadFinishWaits, loadWaits, meetingOf } from './take-in'

/**
 * Takes in the events of one request, all of them or none. Those that are stored already, by the same ids, are a
 * repeated request's, and are passed over.
 * @param isSeeded true where the ids came from the sender's seed: no other id can be known already.
 */
export function receiveEvents(
  world: World,
  clock: EngineClock,
  events: StoredEvent[],
  isSeeded = false,
): Operation<void> {
  let waits: Wait[] = []
  let known = new Set<string>()
  let claimed = new Set<string>()
  return {
    name: 'receive events',
    load: async () => {
      const [knownNow, claimedNow, waitsNow] = await Promise.all([
        isSeeded
          ? readKnownEvents(
              world.readers,
              events.map((event) => event.id),
            )
          : new Set<string>(),
        readClaimsOf(world, startsOf(world, events), clock),
        loadWaits(world, events),
        loadFinishWaits(world),
      ])
      known = knownNow
      claimed = claimedNow
      waits = waitsNow
    },
    decide: (pass) => {
      for (const key of claimed) pass.claims.add(key)
      for (const event of events)
        if (!known.has(event.id)) ingest(pass.draft, meetingOf(world, pass, event, waits), pass.claims)
    },
  }
}

type Start = { fn: RegisteredFunction; event: StoredEvent }

function startsOf(world: World, events: StoredEvent[]): Start[] {
  return events.flatMap((event) => functionsFor(event, world.functions.values()).map((fn) => ({ fn, event })))
}

/** Those of the claims that these starts must hold which are taken. */
export async function readClaimsOf(world: World, starts: Start[], clock: EngineClock): Promise<Set<string>> {
  const moment = { now: clock.now(), realNow: clock.realNow() }
  const wanted = starts.flatMap(({ fn, event }) => claimsOf(fn, event, moment))
  if (wanted.length === 0) return new Set()
  return readClaims(
    world.readers,
    wanted.map(({ functionId, key }) => ({ functionId, key, moment: momentFor(key, moment) })),
  )
}
