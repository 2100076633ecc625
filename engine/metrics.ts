import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { RunStatus } from './model/run'

/** Why a request was not let in, or a call of the engine's was not. */
export const unauthorisedReasons = [
  'event-key',
  'signing-key-missing',
  'signing-key-wrong',
  /** An app refused the signature of a call: its keys are others, or the clocks are too far apart. */
  'app-refused-signature',
] as const
export type UnauthorisedReason = (typeof unauthorisedReasons)[number]

/** What can only be known by looking, at the time when the metrics are read. */
export type Standing = {
  due: number
  later: number
  calling: number
  away: number
  /** Due, and of a function that is held back; it doesn't count as due. */
  held: number
  oldestDueMs: number
  activeRuns: { status: RunStatus; count: number }[]
}

/** What a call came back with; `unauthorised` is an app that refused its signature. */
export type CallOutcome = 'ops' | 'done' | 'error' | 'stranger' | 'unusable' | 'unauthorised'

/** The engine's own figures, in a registry of their own: a process may hold several engines. */
export class Metrics {
  readonly registry = new Registry()
  private readonly registers = [this.registry]
  private readonly queue = this.gauge('engine_queue_items', 'Items of the queue in memory, by state', ['state'])
  private readonly oldestDue = this.gauge(
    'engine_oldest_due_item_age_seconds',
    'For how long the oldest due item waits',
  )
  private readonly active = this.gauge('engine_active_runs', 'Runs that have not ended, by status', ['status'])
  private readonly runs = this.counter(
    'engine_runs_total',
    'Runs made and ended since the start, by what they became',
    ['status'],
  )
  private readonly rescued = this.counter('engine_rescued_items_total', 'Due items taken over from an engine before')
  private readonly unauthorised = this.counter('engine_unauthorised_requests_total', 'Requests without a good key', [
    'reason',
  ])
  private readonly commits = this.counter('engine_commits_total', 'Commits written')
  private readonly operations = new Histogram({
    name: 'engine_operations_per_commit',
    help: 'Operations that shared a commit',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
    registers: this.registers,
  })
  private readonly calls = new Histogram({
    name: 'engine_call_duration_seconds',
    help: 'How long calls took, by what they came back with',
    labelNames: ['target', 'outcome'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800],
    registers: this.registers,
  })

  constructor() {
    for (const reason of unauthorisedReasons) this.unauthorised.inc({ reason }, 0)
    for (const status of ['created', 'completed', 'failed', 'cancelled']) this.runs.inc({ status }, 0)
  }

  refused(reason: UnauthorisedReason): void {
    this.unauthorised.inc({ reason })
  }

  called(target: 'app' | 'outside', outcome: CallOutcome, ms: number): void {
    this.calls.observe({ target, outcome }, ms / 1_000)
    if (outcome === 'unauthorised') this.refused('app-refused-signature')
  }

  committed(operations: number): void {
    this.commits.inc()
    this.operations.observe(operations)
  }

  ran(status: 'created' | RunStatus): void {
    this.runs.inc({ status })
  }

  tookOver(items: number): void {
    this.rescued.inc(items)
  }

  /** The figures in Prometheus' text form. */
  async text({ oldestDueMs, activeRuns, ...items }: Standing): Promise<string> {
    for (const [state, count] of Object.entries(items)) this.queue.set({ state }, count)
    this.oldestDue.set(oldestDueMs / 1_000)
    this.active.reset()
    for (const status of ['queued', 'running']) this.active.set({ status }, 0)
    for (const { status, count } of activeRuns) this.active.inc({ status }, count)
    return this.registry.metrics()
  }

  private gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ name, help, labelNames, registers: this.registers })
  }

  private counter(name: string, help: string, labelNames: string[] = []): Counter {
    return new Counter({ name, help, labelNames, registers: this.registers })
  }
}
