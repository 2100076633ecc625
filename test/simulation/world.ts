import type pg from 'pg'
import { sync } from '@/engine/loop/operations/sync'
import { installSchema } from '@/engine/store/install'
import { tables } from '@/engine/store/tables'
import { Chance } from '../support/chance'
import { App } from './app'
import { Client } from './client'
import { SimulatedDatabase } from './database'
import { Fleet } from './fleet'
import { Mirror } from './mirror'
import { letPeopleAct } from './people'
import { randomWorkflows } from './random-workflows'
import { Stage } from './stage'
import { TROUBLE_MS, Trouble } from './trouble'
import { verdict } from './verdict'
import { Witness } from './witness'
import type { Workflow } from './workflow'

const MOST_STEPS = 60_000

export type Outcome = {
  seed: number
  broken: string[]
  story: string[]
  runs: Record<string, number>
  counts: {
    steps: number
    seconds: number
    commits: number
    calls: number
    bodies: number
    repeatedBodies: number
    kills: number
    hangs: number
    takeovers: number
    mishaps: number
  }
}

type World = {
  stage: Stage
  mirror: Mirror
  workflows: Workflow[]
  trouble: Trouble
  database: SimulatedDatabase
  fleet: Fleet
  witness: Witness
  client: Client
}

/**
 * One world from its beginning to its end: random functions, random events, random trouble.
 * @param url a database of its own; what its engine tables hold is gone afterwards.
 * @param db a session with it, by which the engines read.
 */
export async function simulate(url: string, db: pg.Client, seed: number): Promise<Outcome> {
  await emptied(db)
  const world = worldOf(url, db, seed)
  try {
    await live(world)
  } finally {
    for (const process of world.fleet.processes) {
      process.state = 'dead'
      world.stage.forget(process)
    }
    await world.database.close()
  }
  return {
    seed,
    broken: world.witness.broken,
    story: world.stage.story,
    runs: endsOf(world.mirror),
    counts: countsOf(world),
  }
}

function worldOf(url: string, db: pg.Client, seed: number): World {
  const chance = new Chance(seed)
  const stage = new Stage(chance)
  const mirror = new Mirror()
  const workflows = randomWorkflows(chance)
  const trouble = new Trouble(stage, chance)
  const database = new SimulatedDatabase(url, stage, mirror, trouble, db)
  const fleet = new Fleet(stage, database, trouble)
  const witness = new Witness(stage, mirror, (process) => process.epoch === newestEpoch(fleet))
  const client = new Client(stage, fleet)
  const app = new App(stage, witness, workflows, client, () => trouble.call())
  fleet.witness = witness
  fleet.transportOf = (process) => app.transportOf(process)
  return { stage, mirror, workflows, trouble, database, fleet, witness, client }
}

async function live(world: World): Promise<void> {
  const { stage, mirror, workflows, trouble, database, fleet, witness, client } = world
  await opened(stage, fleet, workflows)
  trouble.begin(fleet, database)
  letPeopleAct({ stage, chance: stage.chance, client, fleet, mirror, workflows })
  const isOver = () => stage.now > TROUBLE_MS && client.underWay === 0 && isSettled(mirror)
  while (!isOver() && witness.broken.length === 0) {
    if (stage.steps > MOST_STEPS) witness.fault('it did not come to an end')
    else await stage.step()
  }
  if (witness.broken.length === 0) for (const fault of verdict({ mirror, workflows, client })) witness.fault(fault)
}

function endsOf(mirror: Mirror): Record<string, number> {
  const ends: Record<string, number> = {}
  for (const { status } of mirror.rows('run')) ends[String(status)] = (ends[String(status)] ?? 0) + 1
  return ends
}

function countsOf({ stage, witness, trouble, fleet }: World): Outcome['counts'] {
  const { kills, hangs, mishaps } = trouble
  const seconds = Math.round(stage.now / 1_000)
  return { steps: stage.steps, seconds, ...witness.counts, kills, hangs, takeovers: fleet.takeovers, mishaps }
}

/** The epoch of the newest engine that has begun to lead. */
function newestEpoch({ processes }: Fleet): number {
  return Math.max(...processes.map(({ epoch }) => epoch ?? 0))
}

/** As new: also on disk, or rows that come due together would be read in another order than the last time. */
async function emptied(db: pg.Client): Promise<void> {
  await installSchema(db)
  const names = Object.values(tables).flatMap(({ name }) => (name === 'meta' ? [] : [`engine.${name}`]))
  await db.query(`TRUNCATE ${names.join(', ')}`)
  await db.query(`DELETE FROM engine.meta WHERE key = 'heartbeat'`)
  await db.query(`UPDATE engine.meta SET value = '0' WHERE key = 'clock_offset_ms'`)
  await db.query(`UPDATE engine.lead SET epoch = 0, held_by = 0, commit_name = ''`)
}

async function opened(stage: Stage, fleet: Fleet, workflows: Workflow[]): Promise<void> {
  fleet.start()
  while (!fleet.leader()) await stage.step()
  const engine = fleet.leader()?.engine
  if (!engine) throw new Error('no engine leads')
  const url = 'http://app.test/api/inngest'
  const functions = workflows.map(({ id, event, maxAttempts, config }) => ({
    id,
    name: id,
    triggers: [{ event }],
    steps: {
      step: {
        id: 'step',
        name: 'step',
        runtime: { type: 'http', url: `${url}?fnId=${id}&stepId=step` },
        retries: { attempts: maxAttempts - 1 },
      },
    },
    ...config,
  }))
  let isDone = false
  void engine.lane.submit(sync(engine.world, { appName: 'app', url, sdk: 'simulated', functions })).then(() => {
    isDone = true
    engine.dispatcher.pump()
  })
  while (!isDone) await stage.step()
}

/** All that comes due has been done, and every run has ended. */
function isSettled(mirror: Mirror): boolean {
  if (mirror.table('item').size + mirror.table('batch').size + mirror.table('pending_start').size > 0) return false
  return mirror.rows('run').every(({ status }) => status !== 'queued' && status !== 'running')
}
