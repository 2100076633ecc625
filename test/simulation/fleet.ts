import pino from 'pino'
import type { Transport } from '@/engine/execution/transport'
import { type Engine, startEngine } from '@/engine/index'
import type { SimulatedDatabase } from './database'
import type { Process, Stage } from './stage'
import type { Witness } from './witness'

export const START = Date.UTC(2030, 0, 1)
export const SIGNING_KEY = `signkey-test-${'51'.repeat(32)}`
/** As the engine's own, five times as slow: each sign of life costs the simulation a commit. */
export const LEASE = { beatMs: 5_000, trustMs: 20_000, takeOverMs: 25_000, pollMs: 2_500 }

export type EngineProcess = Process & { engine?: Engine }

/** Complaints of an engine that are its own fault, whatever happens to it. */
const faults = ['an operation could not be decided', 'the database refused a commit', 'a call could not be made']

export type FleetMishaps = { answerIsLost: () => boolean }

/** The engines on one database, of which one leads. */
export class Fleet {
  readonly processes: EngineProcess[] = []
  transportOf: (process: Process) => Transport = () => async () => Promise.reject(new Error('no app yet'))
  witness: Witness | undefined
  takeovers = 0
  private started = 0

  constructor(
    private readonly stage: Stage,
    private readonly database: SimulatedDatabase,
    readonly mishaps: FleetMishaps,
  ) {}

  start(): EngineProcess {
    const process: EngineProcess = { name: `engine ${++this.started}`, state: 'up' }
    this.processes.push(process)
    this.stage.tell(`${process.name} is started`)
    startEngine({
      databaseUrl: this.database.url,
      log: this.logOf(process),
      signingKey: SIGNING_KEY,
      mostCalls: 10,
      realNow: () => START + this.stage.now,
      steadyNow: () => this.stage.now,
      random: () => this.stage.chance.next(),
      timers: this.stage.timersOf(process),
      connect: this.database.connections(process),
      transport: (call) => this.transportOf(process)(call),
      lease: LEASE,
      onLost: () => void this.kill(process),
    })
      .then((engine) => {
        process.engine = engine
        this.takeovers++
        this.stage.tell(`${process.name} leads`)
      })
      .catch((error) => {
        if (process.state !== 'dead')
          this.stage.add(process, 0, 'ends, since it could not start', () => this.kill(process))
        this.stage.tell(`${process.name} could not start: ${error}`)
      })
    return process
  }

  /** Whom requests reach: the one that was last to lead, while it is up. */
  leader(): EngineProcess | undefined {
    return this.processes.findLast(({ state, engine }) => state === 'up' && engine)
  }

  async kill(process: EngineProcess): Promise<void> {
    if (process.state === 'dead') return
    process.state = 'dead'
    this.stage.tell(`${process.name} is dead`)
    this.stage.forget(process)
    await this.database.endSessionsOf(process)
    // Whoever keeps the engine running starts a new one.
    this.stage.add(undefined, this.stage.chance.below(2_000), 'a new engine is started', () => void this.start())
  }

  private logOf(process: EngineProcess): pino.Logger {
    const stream = {
      write: (line: string) => {
        const { msg, err, reason } = JSON.parse(line) as {
          msg: string
          err?: { message: string; stack: string }
          reason?: string
        }
        this.stage.tell(`${process.name} says: ${msg}${err ? ` (${err.message})` : ''}${reason ? ` (${reason})` : ''}`)
        const isOwn = !/Connection terminated|no space left|has taken over/.test(err?.message ?? '')
        if (process.state === 'up' && isOwn && faults.includes(msg))
          this.witness?.fault(`${process.name} says: ${msg}: ${err?.stack}`)
      },
    }
    return pino({ level: 'warn' }, stream)
  }
}
