import { Gauge, Registry } from 'prom-client'
import type { ByLabel, Figures } from './figures'

export const CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE

/** Writes the figures in Prometheus' text form. Times are seconds, as is the custom there. */
export async function metricsText(figures: Figures): Promise<string> {
  const registry = new Registry()
  const { outbox, letters, orders } = figures
  plain(registry, 'backroom_outbox_pending_events', 'Events that wait to be sent', outbox.pending)
  plain(
    registry,
    'backroom_outbox_lag_seconds',
    'For how long the oldest of them waits',
    outbox.oldestPendingMs / 1_000,
  )
  plain(registry, 'backroom_outbox_parked_events', 'Events that the server has refused', outbox.parked)
  byLabel(registry, 'backroom_incidents_open', 'Incidents that are open, by kind', 'kind', figures.incidentsOpen)
  const late = Object.fromEntries(Object.entries(figures.scheduleLateMs).map(([id, ms]) => [id, ms / 1_000]))
  byLabel(registry, 'backroom_schedule_late_seconds', 'How late each schedule is; 0 is in time', 'schedule', late)
  byLabel(
    registry,
    'backroom_letters_undelivered',
    'Letters that were not sent, by status',
    'status',
    letters.undelivered,
  )
  byLabel(registry, 'backroom_letters_last_day', 'Letters of the last 24 hours, by status', 'status', letters.lastDay)
  byLabel(
    registry,
    'backroom_orders_under_way',
    'Orders that have not come out yet, by status',
    'status',
    orders.underWay,
  )
  byLabel(registry, 'backroom_orders_last_day', 'Orders of the last 24 hours, by status', 'status', orders.lastDay)
  ofFunctions(registry, figures)
  return registry.metrics()
}

function ofFunctions(registry: Registry, { runs, times, deadLettersOpen }: Figures): void {
  const counts = gauge(registry, 'backroom_runs', 'Runs that are kept, by function and status', ['function', 'status'])
  for (const { functionId, status, amount } of runs) counts.inc({ function: functionId, status }, amount)
  const letters = gauge(registry, 'backroom_dead_letters_open', 'Dead letters that wait for an operator', ['function'])
  for (const { functionId, amount } of deadLettersOpen) letters.inc({ function: functionId }, amount)

  const labels = ['function', 'quantile']
  const duration = gauge(
    registry,
    'backroom_run_duration_seconds',
    'How long the latest 200 runs took, sleeps included',
    labels,
  )
  const wait = gauge(
    registry,
    'backroom_run_queue_wait_seconds',
    'How long they had waited for their first call',
    labels,
  )
  const set = (into: Gauge, functionId: string, quantile: string, ms: number | null) => {
    if (ms !== null) into.set({ function: functionId, quantile }, ms / 1_000)
  }
  for (const { functionId, durationP50Ms, durationP95Ms, waitP50Ms, waitP95Ms } of times) {
    set(duration, functionId, '0.5', durationP50Ms)
    set(duration, functionId, '0.95', durationP95Ms)
    set(wait, functionId, '0.5', waitP50Ms)
    set(wait, functionId, '0.95', waitP95Ms)
  }
}

function plain(registry: Registry, name: string, help: string, value: number): void {
  gauge(registry, name, help, []).set(value)
}

function byLabel(registry: Registry, name: string, help: string, label: string, values: ByLabel): void {
  const made = gauge(registry, name, help, [label])
  for (const [value, amount] of Object.entries(values)) made.set({ [label]: value }, amount)
}

/** A registry of each reading: nothing of an earlier one is left in it. */
function gauge(registry: Registry, name: string, help: string, labelNames: string[]): Gauge {
  return new Gauge({ name, help, labelNames, registers: [registry] })
}
