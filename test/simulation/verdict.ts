import type { Client } from './client'
import type { Mirror, Row } from './mirror'
import { follow, type Workflow } from './workflow'

type Parts = { mirror: Mirror; workflows: Workflow[]; client: Client }

/** What must be true once all has come to an end. @returns what is not. */
export function verdict({ mirror, workflows, client }: Parts): string[] {
  const runs = mirror.rows('run')
  const faults: string[] = []
  for (const run of runs) {
    const workflow = workflows.find(({ id }) => id === run.function_id)
    if (workflow) faults.push(...endFaults(mirror, run, workflow))
  }
  for (const table of ['wait', 'signal'])
    for (const row of mirror.rows(table)) faults.push(`a ${table} of the run ${row.run_id}, which has ended, is left`)
  faults.push(
    ...eventFaults(mirror, workflows, client),
    ...batchFaults(mirror, workflows),
    ...rateFaults(runs, workflows),
  )
  return faults
}

/** A run that has completed has the value that its code makes of its memo. */
function endFaults(mirror: Mirror, run: Row, workflow: Workflow): string[] {
  const rows = mirror.rows('step').filter(({ run_id, status }) => run_id === run.id && status === 'done')
  const stack = rows.toSorted((a, b) => Number(a.place) - Number(b.place)).map(({ id }) => String(id))
  const steps = Object.fromEntries(rows.map(({ id, memo }) => [String(id), JSON.parse(String(memo))]))
  const { end } = follow(workflow, { steps, stack })
  if (run.status === 'completed') {
    const value = end && 'value' in end ? JSON.stringify(end.value) : 'no value'
    return value === run.output ? [] : [`the run ${run.id} has the value ${run.output}, and its steps make ${value}`]
  }
  if (run.status === 'failed') {
    const isRight = (end && 'failedBy' in end) || workflow.throws >= workflow.maxAttempts
    return isRight ? [] : [`the run ${run.id} of ${workflow.id} has failed by ${run.error}, which its code does not`]
  }
  return []
}

/** What was accepted has started each function once; where flow control drops or gathers, at most once. */
function eventFaults(mirror: Mirror, workflows: Workflow[], client: Client): string[] {
  const runsByEvent = new Map<string, string[]>()
  for (const run of mirror.rows('run')) {
    const event = mirror.table('event').get(String(run.event_id))
    const name = `${event?.public_id} ${run.function_id}`
    runsByEvent.set(name, [...(runsByEvent.get(name) ?? []), String(run.id)])
  }
  return [...client.accepted].flatMap(([id, { name }]) =>
    workflows
      .filter(({ event, config }) => event === name && !config.batchEvents)
      .flatMap(({ id: functionId, config }) => {
        const runs = runsByEvent.get(`${id} ${functionId}`) ?? []
        const mayBeDropped =
          client.held.has(functionId) || config.singleton || config.debounce || config.rateLimit || config.idempotency
        if (runs.length > 1) return [`${id} has started ${functionId} ${runs.length} times`]
        if (runs.length === 0 && !mayBeDropped) return [`${id} was accepted and has not started ${functionId}`]
        return []
      }),
  )
}

/** Each accepted event is in one batch of each function that gathers it, and no batch is too large. */
function batchFaults(mirror: Mirror, workflows: Workflow[]): string[] {
  return workflows.flatMap(({ id, config }) => {
    const batching = config.batchEvents as { maxSize: number } | undefined
    if (!batching) return []
    const rows = mirror.rows('batch_event').filter(({ function_id }) => function_id === id)
    const batches = new Set(rows.map(({ batch_id }) => String(batch_id)))
    return [...batches].flatMap((batchId) => {
      const runs = mirror.rows('run').filter(({ batch_id }) => batch_id === batchId)
      if (runs.length !== 1) return [`the batch ${batchId} of ${id} has ${runs.length} runs`]
      const size = rows.filter(({ batch_id }) => batch_id === batchId).length
      return size > batching.maxSize ? [`the batch ${batchId} of ${id} holds ${size} events`] : []
    })
  })
}

/** In any stretch as long as the period no more runs are started than the limit. */
function rateFaults(runs: Row[], workflows: Workflow[]): string[] {
  return workflows.flatMap(({ id, config }) => {
    const rate = config.rateLimit as { limit: number; period: string; key?: string } | undefined
    if (!rate || rate.key) return []
    const starts = runs
      .filter(({ function_id }) => function_id === id)
      .map(({ created_at }) => Date.parse(String(created_at)))
      .sort((a, b) => a - b)
    const periodMs = Number.parseInt(rate.period, 10) * 1_000
    const isOver = starts.some((at, i) => (starts[i + rate.limit] ?? Number.POSITIVE_INFINITY) < at + periodMs)
    return isOver ? [`${id} was started more often than ${rate.limit} times in ${rate.period}`] : []
  })
}
