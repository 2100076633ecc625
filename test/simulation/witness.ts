import { canonicalJson } from '@/engine/model/json'
import type { Mirror, Row, Write } from './mirror'
import type { Process, Stage } from './stage'
import type { Workflow } from './workflow'

/** A call on its way, as the app gets it. */
export type CallSeen = {
  process: Process
  itemId: string
  runId: string
  /** A step's id, or `step` for a replay. */
  stepId: string
  attempt: number
  memo: Record<string, unknown>
  stack: string[]
  workflow: Workflow
  key: string
  /** Steps whose code has run within it. */
  ran: Set<string>
}

const isActive = (run: Row) => run.status === 'queued' || run.status === 'running'

/** Watches every commit and every call, and notes what must never be. */
export class Witness {
  readonly broken: string[] = []
  readonly counts = { commits: 0, calls: 0, bodies: 0, repeatedBodies: 0 }
  private readonly bodies = new Map<string, number>()
  private readonly started = new Set<string>()
  private readonly throttles = new Map<string, { first: number; starts: number }>()
  private readonly underWay = new Set<CallSeen>()
  /** The stored steps of each run, by their place. */
  private readonly places = new Map<string, string[]>()

  constructor(
    private readonly stage: Stage,
    private readonly mirror: Mirror,
    /** Whether this process is the one that leads by the database's own word. */
    private readonly leads: (process: Process) => boolean,
  ) {
    mirror.watchers.push((writes, before) => this.commit(writes, before))
  }

  fault(what: string): void {
    const text = `${(this.stage.now / 1_000).toFixed(3)} s: ${what}`
    this.broken.push(text)
    this.stage.tell(`BROKEN ${text}`)
  }

  run(id: string): Row | undefined {
    return this.mirror.table('run').get(id)
  }

  private commit(writes: Write[], before: (table: string, row: Row) => Row | undefined): void {
    this.counts.commits++
    const touched = new Set<string>()
    for (const { table, isRemoval, rows } of writes) {
      for (const row of rows) {
        if (table === 'step' && !isRemoval) this.stepWritten(row, before('step', row))
        if (table === 'run' && !isRemoval) this.runWritten(row, before('run', row))
        if (table === 'run') touched.add(String(row.id))
        if ('run_id' in row) touched.add(String(row.run_id))
        if (table === 'item') touched.add(String((isRemoval ? before('item', row) : row)?.run_id))
      }
    }
    const items = this.rowsByRun('item', touched)
    for (const id of touched) this.mustGoOn(id, items.get(id) ?? 0)
    if (touched.size > 0) this.singletons()
  }

  private rowsByRun(table: string, runs: Set<string>): Map<string, number> {
    const counts = new Map<string, number>()
    for (const row of this.mirror.rows(table)) {
      const id = String(row.run_id)
      if (runs.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
    return counts
  }

  /** Every run ends, or has something that will come due. */
  private mustGoOn(id: string, items: number): void {
    const run = this.run(id)
    if (!run) return
    if (isActive(run) && items === 0) this.fault(`the run ${id} is ${run.status} and nothing will ever come due for it`)
    if (!isActive(run) && items > 0) this.fault(`the run ${id} is ${run.status} and something still comes due for it`)
  }

  /** A memo is first-wins, and has a place of its own after all those before it. */
  private stepWritten(row: Row, old: Row | undefined): void {
    const [runId, id] = [String(row.run_id), String(row.id)]
    if (old?.status === 'done') {
      if (row.status !== 'done' || row.memo !== old.memo || row.place !== old.place)
        this.fault(`the step ${id} of ${runId} was stored as ${old.memo}, and then as ${row.memo}`)
      return
    }
    if (row.status !== 'done') return
    const places = this.places.get(runId) ?? []
    this.places.set(runId, places)
    const place = Number(row.place)
    if (places[place] !== undefined) this.fault(`two steps of ${runId} have the place ${place}`)
    places[place] = id
  }

  private runWritten(row: Row, old: Row | undefined): void {
    if (!old || isActive(old)) return
    if (old.status !== row.status || old.output !== row.output || old.error !== row.error)
      this.fault(`the run ${row.id} had ended as ${old.status}, and is now ${row.status}`)
  }

  /**
   * Before a run's first call its throttle's account has gone on by the space between two starts, on disk. It began at
   * the creation of the first of them, or later.
   */
  private throttled({ runId, workflow }: CallSeen, at: string): void {
    const throttle = workflow.config.throttle as { limit: number; period: string } | undefined
    const run = this.run(runId)
    const key = run?.throttle_key
    if (!throttle || !key || this.started.has(runId)) return
    this.started.add(runId)
    const arrivalAt = Date.parse(String(this.mirror.table('throttle').get(String(key))?.arrival_at))
    const known = this.throttles.get(String(key)) ?? { first: Date.parse(String(run?.created_at)), starts: 0 }
    const spacingMs = (Number.parseInt(throttle.period, 10) * 1_000) / throttle.limit
    // Rounded down to a whole millisecond by the table, each time.
    if (!(arrivalAt >= known.first + (known.starts + 1) * (spacingMs - 1)))
      this.fault(
        `${at}: it is start ${known.starts + 1} of its throttle, which stands at ${arrivalAt - known.first} ms`,
      )
    this.throttles.set(String(key), { ...known, starts: known.starts + 1 })
  }

  private singletons(): void {
    const held = new Set<unknown>()
    for (const run of this.mirror.rows('run')) {
      if (run.singleton_key === null || !isActive(run)) continue
      if (held.has(run.singleton_key)) this.fault(`two runs of the singleton ${run.singleton_key} are active`)
      held.add(run.singleton_key)
    }
  }

  callBegins(call: CallSeen): void {
    this.counts.calls++
    const { runId, stepId, itemId, process } = call
    const at = `the call for ${stepId} of ${runId} by ${process.name}`
    const [run, item] = [this.run(runId), this.mirror.table('item').get(itemId)]
    if (!run || !isActive(run)) this.fault(`${at}: the run is ${run?.status ?? 'not there'}`)
    else if (!item) this.fault(`${at}: its item is not in the table`)
    else if (item.attempt !== call.attempt) this.fault(`${at}: attempt ${call.attempt}, stored is ${item.attempt}`)
    if (stepId !== 'step' && this.isStored(runId, stepId)) this.fault(`${at}: the step's result is stored`)
    if (!this.leads(process)) this.fault(`${at}: it does not lead any more`)
    this.memoAsStored(call, at)
    this.alone(call, at)
    this.withinLimits(call, at)
    this.throttled(call, at)
    this.underWay.add(call)
  }

  callEnds(call: CallSeen): void {
    this.underWay.delete(call)
  }

  /** The code of a step runs: never within two calls at once that are both waited for. */
  bodyRuns(call: CallSeen, stepId: string): void {
    const { runId } = call
    const name = `${runId} ${stepId}`
    call.ran.add(stepId)
    for (const other of this.underWay) {
      if (other === call || other.runId !== runId || !this.isWaitedFor(other)) continue
      if (this.underWay.has(call) && (other.stepId === stepId || other.ran.has(stepId)))
        this.fault(`the step ${short(stepId)} of ${runId} runs within two calls at once`)
    }
    this.counts.bodies++
    if (this.bodies.has(name)) this.counts.repeatedBodies++
    this.bodies.set(name, (this.bodies.get(name) ?? 0) + 1)
  }

  isStored(runId: string, stepId: string): boolean {
    return this.mirror.table('step').get(`${runId} ${stepId}`)?.status === 'done'
  }

  private memoAsStored({ runId, memo, stack }: CallSeen, at: string): void {
    const stored = this.places.get(runId) ?? []
    if (stack.join() !== stored.join())
      this.fault(`${at}: its order is ${stack.map(short)}, stored is ${stored.map(short)}`)
    for (const [id, value] of Object.entries(memo)) {
      const row = this.mirror.table('step').get(`${runId} ${id}`)
      if (row?.memo !== canonicalJson(value))
        this.fault(`${at}: ${short(id)} is ${canonicalJson(value)}, stored is ${row?.memo}`)
    }
  }

  /** No item is worked by two while its engine lives, and one replay of a run goes at a time. */
  private alone(call: CallSeen, at: string): void {
    for (const other of this.underWay) {
      if (!this.isWaitedFor(other)) continue
      if (other.itemId === call.itemId) this.fault(`${at}: its item is under way already, by ${other.process.name}`)
      const isReplay = other.runId === call.runId && other.stepId === 'step' && call.stepId === 'step'
      if (isReplay) this.fault(`${at}: another replay of the run is under way`)
    }
  }

  private isWaitedFor({ process }: CallSeen): boolean {
    return process.state === 'up' && this.leads(process)
  }

  private withinLimits(call: CallSeen, at: string): void {
    for (const { limit, key, scope } of limitsOf(call.workflow)) {
      const same = [...this.underWay].filter((other) => {
        if (other.process !== call.process || (key && other.key !== call.key)) return false
        return scope ? limitsOf(other.workflow).some((one) => one.scope === scope) : other.workflow === call.workflow
      })
      // Functions that share a key may have limits of their own, and their calls go out in another order than they
      // were let in: of all of them together no more than the largest limit.
      const most = Math.max(limit, ...same.map((other) => limitsOf(other.workflow)[0]?.limit ?? limit))
      if (same.length >= most) this.fault(`${at}: ${same.length} calls are under way, and ${most} may be`)
    }
  }
}

const short = (id: string) => id.slice(0, 6)

function limitsOf({ config }: Workflow): { limit: number; key?: string; scope?: string }[] {
  return (config.concurrency ?? []) as { limit: number; key?: string; scope?: string }[]
}
