import { keptValue } from '@/lib/runs/kept-value'
import type { FoundStep, Standing } from '@/lib/runs/notes'

/** One operation of an answer, as far as the ledger reads it. */
type Op = {
  id: string
  op: string
  name?: string
  displayName?: string
  userland?: { id?: string }
  opts?: {
    timeout?: string
    type?: string
    if?: string
    function_id?: string
    payload?: unknown
    input?: unknown
  } | null
}

export type Answer = { status: number; headers: Record<string, string>; body: string }

/** What an answer to a call says of a run: the steps that it leaves to the server, and what the run stands at by them. */
export type AnswerNews = {
  found: Omit<FoundStep, 'runId'>[]
  standing: Standing
  /** The function has ended, and leaves nothing open. */
  isEnd: boolean
}

/** The id under which an answer tells of the function's own end: the SHA-1 of `complete`. */
const END_ID = '0737c22d3bfae812339732d14d8c7dbd6dc4e09c'

const kinds: Record<string, { status: FoundStep['status']; kind: string }> = {
  StepPlanned: { status: 'queued', kind: 'run' },
  Sleep: { status: 'sleeping', kind: 'sleep' },
  WaitForEvent: { status: 'waiting', kind: 'waitForEvent' },
  WaitForSignal: { status: 'waiting', kind: 'waitForSignal' },
  InvokeFunction: { status: 'invoking', kind: 'invoke' },
  Gateway: { status: 'waiting', kind: 'fetch' },
  AIGateway: { status: 'waiting', kind: 'ai.infer' },
}

/**
 * Reads the answer to a call for the run as a whole. Such an answer tells every step that is open, those found before
 * too; so what the run stands at follows from it alone.
 * @param at when the answer was given; waits are counted from here.
 * @returns undefined when it isn't a list of operations.
 */
export function readAnswer({ status, headers, body }: Answer, at: Date): AnswerNews | undefined {
  const ops = status === 206 ? parsed(body) : undefined
  if (!ops) return undefined
  const found = ops.flatMap((op) => foundStep(op, at))
  const isRetrying = ops.some(({ op }) => op === 'StepError')
  const standing = standingOf(found, isRetrying ? { until: retryAt(headers, at) } : undefined)
  return { found, standing, isEnd: ops.some(({ id }) => id === END_ID) }
}

function parsed(body: string): Op[] | undefined {
  const ops: unknown = JSON.parse(body)
  return Array.isArray(ops) ? (ops as Op[]) : undefined
}

function foundStep(op: Op, at: Date): Omit<FoundStep, 'runId'>[] {
  const known = kinds[op.op]
  if (!known) return []
  const name = op.displayName ?? op.userland?.id ?? op.name ?? op.id
  const kind = op.op === 'StepPlanned' ? (op.opts?.type ?? 'step.run').replace(/^step\./, '') : known.kind
  return [{ id: op.id, name, kind, status: known.status, foundAt: at, until: untilOf(op, at), input: inputOf(op) }]
}

const YEAR = '365d'

function untilOf({ op, name, opts }: Op, at: Date): Date | null {
  if (op === 'Sleep') return instantAfter(at, name ?? '')
  if (op === 'WaitForEvent' || op === 'WaitForSignal' || op === 'InvokeFunction')
    return instantAfter(at, opts?.timeout ?? YEAR)
  return null
}

function inputOf({ op, name, opts }: Op): FoundStep['input'] {
  if (op === 'Sleep') return null
  if (op === 'WaitForEvent') return keptValue({ event: name, if: opts?.if })
  if (op === 'WaitForSignal') return keptValue({ signal: name })
  if (op === 'InvokeFunction')
    return keptValue({ function: opts?.function_id, ...(opts?.payload as object | undefined) })
  return keptValue(opts?.input)
}

function standingOf(
  found: { status: string; until: Date | null }[],
  retry: { until: Date | null } | undefined,
): Standing {
  if (found.some(({ status }) => status === 'queued')) return { status: 'running' }
  if (retry) return { status: 'retrying', until: retry.until }
  for (const [status, ones] of [
    ['sleeping', found.filter((step) => step.status === 'sleeping')],
    ['waiting', found.filter((step) => step.status !== 'sleeping')],
  ] as const)
    if (ones.length > 0) return { status, until: soonest(ones.map(({ until }) => until)) }
  return { status: 'running' }
}

function soonest(instants: (Date | null)[]): Date | null {
  const known = instants.filter((instant) => instant !== null)
  return known.length > 0 ? new Date(Math.min(...known.map(Number))) : null
}

function retryAt(headers: Record<string, string>, at: Date): Date | null {
  const value = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after')?.[1]
  return value === undefined ? null : retryInstant(value, at)
}

/** When a retry that was asked for is due: the SDK writes seconds, or an instant. */
export function retryInstant(value: string, at: Date): Date | null {
  return valid(/^\d+$/.test(value) ? new Date(at.getTime() + Number(value) * 1_000) : new Date(value))
}

const unitMs: Record<string, number> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 }

/** A duration as the SDK writes it, such as `1d2h`, or an instant. An empty one is now; null for anything else. */
export function instantAfter(at: Date, text: string): Date | null {
  if (/^(\d+(ms|[wdhms]))*$/.test(text)) {
    let ms = 0
    for (const [, count, unit] of text.matchAll(/(\d+)(ms|[wdhms])/g)) ms += Number(count) * (unitMs[unit ?? ''] ?? 0)
    return valid(new Date(at.getTime() + ms))
  }
  return /^[+-]?\d{4,6}-\d\d-\d\dT/.test(text) ? valid(new Date(text)) : null
}

const valid = (instant: Date): Date | null => (Number.isNaN(instant.getTime()) ? null : instant)
