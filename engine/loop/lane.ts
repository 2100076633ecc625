import type pg from 'pg'
import type { Logger } from 'pino'
import { Draft, type Moment } from '../execution/draft'
import { isActive, type Run, type Wait } from '../model/run'
import { Changes, writeChanges } from '../store/changes'
import { isConnectionError } from '../store/connect'
import { isReplaced } from '../store/leadership'
import { sleep, type Timers } from '../timers'
import { type Job, LaneBusyError, UndecidedError, withdrawAfter } from './job'
import type { World } from './world'

export { LaneBusyError } from './job'

/** What an operation may look at while others of the same commit are still unwritten. */
export type Pass = { draft: Draft; claims: Set<string>; freshWaits: Wait[] }

/**
 * One decision. `load` brings into memory what it needs; `decide` changes the aggregates, without waiting for
 * anything; `committed` runs when that is on disk, before anybody else hears of it.
 */
export type Operation<T> = {
  name: string
  load?: () => Promise<void> | undefined
  decide: (pass: Pass) => T
  committed?: (result: T) => void
  /** Runs when it was decided and not written; it is decided once more, or given up. */
  undone?: () => void
}

type Decided = { job: Job; draft: Draft }

export type LaneParts = {
  world: World
  log: Logger
  timers: Timers
  writer: () => pg.Client
  epoch: number
  moment: () => Moment
  isUnderWay: (itemId: string) => boolean
  /** Takes in the events that decisions raised, within the same commit. */
  takeIn: (pass: Pass) => void
  /** Hears what a commit changed. */
  committed: (drafts: Draft[]) => void
  /**
   * The connection is lost: memory may be ahead of the tables. Resolves when both agree again, with the name of the
   * newest commit that is in them.
   */
  recover: (error: unknown) => Promise<string | undefined>
}

/** So many operations share one commit at most; more would only make each wait longer. */
const MOST_PER_PASS = 500

/** Real milliseconds between two tries of a commit that fails. */
const LONGEST_PAUSE_MS = 2_000

/**
 * The one lane in which everything is decided and written, in order. While one commit is under way the next
 * operations gather and share the commit after it: one fsync serves many, and no decision needs a lock.
 */
export class Lane {
  private waiting: Job[] = []
  private gathered: Job[] = []
  private running: Promise<void> | undefined
  private stopped = false
  private unwritten = new Set<Run>()
  private failuresInARow = 0
  private commits = 0
  private passing: Promise<void> = Promise.resolve()

  constructor(private readonly parts: LaneParts) {}

  get isIdle(): boolean {
    return this.waiting.length === 0 && !this.running
  }

  /**
   * Resolves with the decision's result when it is on disk; rejects when nothing of it was written.
   * @param withinMs real time after which an operation that still waits for its turn is taken back (LaneBusyError).
   */
  submit<T>(operation: Operation<T>, { withinMs }: { withinMs?: number } = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.stopped) return reject(new LaneBusyError('The engine is stopping'))
      const job: Job = {
        operation: operation as Operation<unknown>,
        isWithdrawn: false,
        resolve: resolve as Job['resolve'],
        reject,
      }
      this.waiting.push(job)
      if (withinMs !== undefined) withdrawAfter(job, withinMs, this.parts.timers)
      this.running ??= this.run()
    })
  }

  /** Whether all that is decided of this run is on disk too: no call may carry what a crash could still undo. */
  isWritten(run: Run): boolean {
    return !this.unwritten.has(run)
  }

  /** Resolves when it is. */
  async written(run: Run): Promise<void> {
    while (!this.isWritten(run)) await this.passing
  }

  /** When this resolves, all that was decided before is on disk (or was given up). */
  async settled(): Promise<void> {
    while (this.running) await this.running
  }

  /** Ends what is under way and takes nothing more. */
  async stop(): Promise<void> {
    await this.settled()
    this.stopped = true
  }

  private async run(): Promise<void> {
    // So that what arrives together shares the commit.
    await this.parts.timers.turn()
    try {
      while (this.waiting.length > 0) {
        this.gathered = this.waiting.splice(0, MOST_PER_PASS)
        this.passing = this.pass(this.gathered)
        await this.passing
      }
    } catch (error) {
      this.end(error)
    }
    this.running = undefined
  }

  /** The database can't be had any more, or another engine leads: nothing can be decided here again. */
  private end(reason: unknown): void {
    this.stopped = true
    for (const job of [...this.gathered, ...this.waiting.splice(0)]) job.reject(reason)
  }

  private async pass(gathered: Job[]): Promise<void> {
    const jobs = gathered.filter((job) => !job.isWithdrawn)
    try {
      await Promise.all(jobs.map((job) => job.operation.load?.()))
    } catch (error) {
      return this.failed(jobs, error)
    }
    const commit = { epoch: this.parts.epoch, name: `${this.parts.epoch}.${++this.commits}` }
    const shared = { changes: new Changes(), claims: new Set<string>(), freshWaits: [] as Wait[] }
    const decided: Decided[] = []
    let fault: UndecidedError | undefined
    for (const job of jobs) {
      const outcome = this.decide(job, shared)
      if (outcome instanceof UndecidedError) {
        // What comes after it in this pass could meet the half-changed run; it waits for the next pass.
        this.waiting.unshift(...jobs.slice(decided.length + 1))
        fault = outcome
        break
      }
      decided.push({ job, draft: outcome })
    }
    try {
      await writeChanges(this.parts.writer(), shared.changes, commit)
    } catch (error) {
      if (fault) this.waiting.unshift(fault.job)
      return this.failed(
        decided.map(({ job }) => job),
        error,
        commit.name,
      )
    }
    this.unwritten = new Set()
    this.failuresInARow = 0
    this.report(decided)
    if (fault) await this.giveUp(fault)
    this.trim(decided)
  }

  private decide(
    job: Job,
    shared: { changes: Changes; claims: Set<string>; freshWaits: Wait[] },
  ): Draft | UndecidedError {
    const { world, moment, isUnderWay, takeIn } = this.parts
    const draft = new Draft(
      moment(),
      (id) => world.runs.get(id),
      isUnderWay,
      (id) => world.functions.get(id),
      world,
      world.flow,
    )
    const pass = { draft, claims: shared.claims, freshWaits: shared.freshWaits }
    try {
      job.result = job.operation.decide(pass)
      takeIn(pass)
    } catch (error) {
      return new UndecidedError(job, error)
    }
    for (const run of draft.created.values()) world.runs.put(run)
    for (const run of draft.touched) this.unwritten.add(run)
    shared.changes.merge(draft.changes)
    shared.freshWaits.push(...draft.addedWaits)
    return draft
  }

  /** Memory was read anew since: what the commit has changed is in it. */
  private foundWritten(jobs: Job[]): void {
    for (const { operation, result } of jobs) operation.committed?.(result)
    for (const { resolve, result } of jobs) resolve(result)
  }

  private async giveUp({ job, cause }: UndecidedError): Promise<void> {
    this.parts.log.error({ err: cause, operation: job.operation.name }, 'an operation could not be decided')
    await this.parts.recover(cause)
    job.reject(cause)
  }

  private report(decided: Decided[]): void {
    for (const { job } of decided) job.operation.committed?.(job.result)
    this.parts.committed(decided.map(({ draft }) => draft))
    // Nothing is decided on it again: memory is for those that go on.
    for (const { draft } of decided)
      for (const run of draft.touched) if (!isActive(run)) this.parts.world.runs.drop(run.id)
    for (const { job } of decided) job.resolve(job.result)
  }

  /**
   * Where memory is full, those leave first that were made just now and wait for their turn, which comes last of all. To let
   * the oldest of a long queue go, whose turn comes next, has V8 keep each run for long and then read it all the same: a
   * backlog of 200,000 went at 82 % of the rate of one of 1,000, and goes at 85 to 88 %.
   */
  private trim(decided: Decided[]): void {
    const { world, isUnderWay } = this.parts
    if (!world.runs.isFull) return
    const created = decided.flatMap(({ draft }) => [...draft.created.values()])
    const waiting = created.filter((run) => ![...run.items.keys()].some(isUnderWay))
    world.runs.trim(waiting.map(({ id }) => id))
  }

  /**
   * Nothing was written, or that is not known. After a lost connection everything is decided anew, unless the commit
   * is found in the tables after all; one that the database refuses is taken apart, until the operation at fault is
   * alone.
   */
  private async failed(jobs: Job[], error: unknown, commit?: string): Promise<void> {
    // A database that refuses again and again (a full disk) is left in peace for a moment.
    await sleep(this.parts.timers, Math.min(10 * 2 ** this.failuresInARow++, LONGEST_PAUSE_MS))
    const isLost = isConnectionError(error) || isReplaced(error)
    if (isLost) this.waiting.unshift(...jobs)
    const newest = await this.parts.recover(error)
    // Only now: until it was read again, memory was ahead of the tables.
    this.unwritten = new Set()
    if (isLost && commit !== undefined && newest === commit)
      return this.foundWritten(this.waiting.splice(0, jobs.length))
    for (const { operation } of jobs) operation.undone?.()
    if (isLost) return
    if (jobs.length === 1) {
      this.parts.log.error({ err: error, operation: jobs[0]?.operation.name }, 'the database refused a commit')
      jobs[0]?.reject(error)
    } else {
      for (const job of jobs) await this.pass([job])
    }
  }
}
