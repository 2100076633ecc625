import type { StoredEvent } from '../../model/event'
import { finishEvents } from '../../model/finish-events'
import type { Wait } from '../../model/run'
import { readWaits, readWaitsByName } from '../../store/read'
import { ingest, type Meeting } from '../../trigger/ingest'
import { functionsFor, nameFits } from '../../trigger/match'
import { matchKeysFor } from '../../trigger/match-key'
import type { Pass } from '../lane'
import type { World } from '../world'

/** Reads the waits that these events may be for, and brings their runs into memory. */
export async function loadWaits(world: World, events: Pick<StoredEvent, 'name' | 'body'>[]): Promise<Wait[]> {
  const names = new Set<string>()
  const keys = new Set<string>()
  for (const event of events) {
    const paths = world.waiting.get(event.name)
    if (!paths) continue
    names.add(event.name)
    for (const key of matchKeysFor(JSON.parse(event.body), paths.keys())) keys.add(key)
  }
  if (names.size === 0) return []
  const waits = await readWaits(world.readers, [...names], [...keys])
  await world.load(waits.map((wait) => wait.runId))
  return waits
}

/** What an event meets: functions, and the waits for its name, those of this very commit among them. */
export function meetingOf(world: World, pass: Pass, event: StoredEvent, waits: Wait[]): Meeting {
  const fitting: Wait[] = []
  for (const some of [waits, pass.freshWaits, pass.draft.addedWaits])
    for (const wait of some) if (wait.eventName === event.name) fitting.push(wait)
  return { event, starts: functionsFor(event, world.startable()), waits: fitting }
}

/**
 * Takes in what the decision itself raised: the finish events of runs that it ended, and of those which these end in
 * turn. An event that starts nothing and that nobody waits for is not stored.
 */
export function takeInRaised(world: World, pass: Pass): void {
  const { draft } = pass
  for (let run = draft.raised.shift(); run; run = draft.raised.shift())
    for (const event of finishEvents(run, draft.moment, (name) => isHeard(world, pass, name))) {
      const meeting = meetingOf(world, pass, event, world.finishWaits)
      if (meeting.starts.length > 0 || meeting.waits.length > 0) ingest(draft, meeting)
    }
}

/** Whether an event of this name could start or resume anything. */
function isHeard(world: World, { freshWaits, draft }: Pass, name: string): boolean {
  for (const fn of world.startable())
    if (fn.config.triggers.some(({ event }) => event && nameFits(event, name))) return true
  return [world.finishWaits, freshWaits, draft.addedWaits].some((waits) =>
    waits.some((wait) => wait.eventName === name),
  )
}

const finishNames = ['inngest/function.finished', 'inngest/function.failed', 'inngest/function.cancelled']

/** Before a decision that may end a run: brings in the runs, few if any, that wait for another run's end. */
export async function loadFinishWaits(world: World): Promise<void> {
  const names = finishNames.filter((name) => world.waiting.has(name))
  world.finishWaits = names.length > 0 ? await readWaitsByName(world.readers, names) : []
  await world.load(world.finishWaits.map((wait) => wait.runId))
}
