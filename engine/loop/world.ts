import type pg from 'pg'
import { FlowState } from '../flow/flow-state'
import type { RegisteredFunction } from '../model/function'
import { invokersOf, type Run, type Wait } from '../model/run'
import { loadRuns } from '../store/read'
import type { AppRow, CancellationRow, CronRow, FunctionRow, PauseRow, SignalRow } from '../store/tables'
import { Mutex } from './mutex'
import { RunCache } from './run-cache'
import { RunLoader } from './run-loader'

/** A function whose configuration, as an older engine has stored it, this one does not accept; `problem` says why. */
export type SetAside = FunctionRow & { problem: string; crons: CronRow[] }

/** What the active engine holds in memory. All of it can be read again from the tables at any time. */
export class World {
  readonly runs = new RunCache()
  /**
   * Removing ended runs and starting one of them anew take turns. The new run needs events that may be removed with the
   * old one, and no statement of either sees what the other has not committed yet.
   */
  readonly endedRuns = new Mutex()
  readonly functions = new Map<string, RegisteredFunction>()
  /** Functions that wait for their app to register them anew. */
  readonly setAside = new Map<string, SetAside>()
  readonly apps = new Map<string, AppRow>()
  readonly crons = new Map<string, CronRow>()
  readonly flow = new FlowState((functionId) => this.isHeldBack(functionId))
  /** How often functions have changed, or were let go again: what waits under a limit may have room under another one. */
  syncs = 0
  /** Waits by event name and match path: an event that nobody waits for costs no query. */
  readonly waiting = new Map<string, Map<string, number>>()

  /** Who waits for which signal. */
  readonly signals = new Map<string, SignalRow>()

  /** Functions that an operator holds back. */
  readonly pauses = new Map<string, PauseRow>()
  /** Orders to cancel in bulk that are not carried out yet. */
  readonly cancellations = new Map<string, CancellationRow>()

  /** Waits for the end of some run, as last read. */
  finishWaits: Wait[] = []

  private readonly loader: RunLoader

  constructor(readonly readers: pg.Pool) {
    this.loader = new RunLoader(this.runs, (ids) => loadRuns(readers, ids))
  }

  /** The functions that events may start: an operator holds the others back. */
  startable(): Iterable<RegisteredFunction> {
    if (this.pauses.size + this.setAside.size === 0) return this.functions.values()
    return [...this.functions.values()].filter((fn) => !this.isHeldBack(fn.id))
  }

  /** Whether a function does nothing for now: nothing starts it, no batch of it comes due, and none of its runs is called. */
  isHeldBack(functionId: string): boolean {
    return this.pauses.has(functionId) || this.setAside.has(functionId)
  }

  heldBack(): string[] {
    return [...this.pauses.keys(), ...this.setAside.keys()]
  }

  /** A function is held back no longer: what came due meanwhile goes on with the next look at the queue. */
  release(): void {
    this.flow.release()
    this.syncs++
  }

  /** Brings runs into memory, and the runs that invoked them: a run's end changes its parent too. */
  async load(ids: string[]): Promise<void> {
    await this.loader.load(ids)
    const parents = ids.flatMap((id) => {
      const run = this.runs.get(id)
      return run ? invokersOf(run).map(({ runId }) => runId) : []
    })
    if (parents.length > 0) await this.loader.load(parents)
  }

  async find(id: string): Promise<Run | undefined> {
    if (!this.runs.get(id)) await this.loader.load([id])
    return this.runs.get(id)
  }

  countWait({ eventName, matchKey }: Pick<Wait, 'eventName' | 'matchKey'>, by: 1 | -1): void {
    this.addWaits(eventName, matchKey.split('=', 1)[0] ?? '', by)
  }

  addWaits(eventName: string, path: string, by: number): void {
    const paths = this.waiting.get(eventName) ?? new Map<string, number>()
    const count = (paths.get(path) ?? 0) + by
    if (count > 0) paths.set(path, count)
    else paths.delete(path)
    if (paths.size > 0) this.waiting.set(eventName, paths)
    else this.waiting.delete(eventName)
  }
}
