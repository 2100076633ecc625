import type { StoredEvent } from '../model/event'
import type { Item, Run, Step, Wait } from '../model/run'
import type { PendingStart, RateLimitStart } from '../model/start'
import { Table } from './table'

/** A run's own row; its events, steps, items and waits have tables of theirs. */
export type RunRow = Omit<Run, 'events' | 'steps' | 'items' | 'waits'> & { eventId: string }

export type AppRow = { id: string; url: string; sdk: string; checksum: string; syncedAt: number }
export type FunctionRow = { id: string; appId: string; isActive: boolean; config: unknown }
export type ClaimRow = { functionId: string; key: string; expiresAt: number }
export type CronRow = { functionId: string; expression: string; nextAt: number }
export type ThrottleRow = { key: string; arrivalAt: number }
export type BatchRow = { id: string; functionId: string; key: string; dueAt: number }
export type BatchEventRow = { eventId: string; functionId: string; batchId: string; place: number }
export type MetaRow = { key: string; value: string }

/** The step that waits for a signal. */
export type SignalRow = { name: string; runId: string; stepId: string; expiresAt: number }

/** A function that an operator holds back. */
export type PauseRow = { functionId: string; pausedAt: number }

/** An order to cancel the runs of a function that had started within a span of time. */
export type CancellationRow = {
  id: string
  functionId: string
  startedAfter: number | null
  startedBefore: number
  expression: string | null
  createdAt: number
  /** Runs up to this id have been looked at. */
  seenUpTo: string
  cancelled: number
  isDone: boolean
}

/** Every table of the engine, in the order in which a commit writes them. */
export const tables = {
  meta: new Table<MetaRow>('meta', ['key'], { key: 'text', value: 'text' }),
  app: new Table<AppRow>('app', ['id'], { id: 'text', url: 'text', sdk: 'text', checksum: 'text', syncedAt: 'at' }),
  function: new Table<FunctionRow>('function', ['id'], { id: 'text', appId: 'text', isActive: 'bool', config: 'json' }),
  cron: new Table<CronRow>('cron', ['functionId', 'expression'], {
    functionId: 'text',
    expression: 'text',
    nextAt: 'at',
  }),
  event: new Table<StoredEvent>('event', ['id'], {
    id: 'text',
    name: 'text',
    publicId: 'text',
    body: 'text',
    ts: 'at',
    receivedAt: 'at',
  }),
  claim: new Table<ClaimRow>('claim', ['functionId', 'key'], { functionId: 'text', key: 'text', expiresAt: 'at' }),
  run: new Table<RunRow>('run', ['id'], {
    id: 'text',
    functionId: 'text',
    status: 'text',
    eventId: 'text',
    createdAt: 'at',
    startedAt: 'at',
    endedAt: 'at',
    output: 'text',
    error: 'json',
    version: 'int',
    score: 'float',
    limitKeys: 'json',
    throttleKey: 'text',
    singletonKey: 'text',
    batchId: 'text',
    parentRunId: 'text',
    parentStepId: 'text',
  }),
  step: new Table<Step>('step', ['runId', 'id'], {
    runId: 'text',
    id: 'text',
    op: 'text',
    name: 'text',
    status: 'text',
    input: 'text',
    memo: 'text',
    place: 'int',
  }),
  item: new Table<Item>('item', ['id'], {
    id: 'text',
    runId: 'text',
    kind: 'text',
    stepId: 'text',
    attempt: 'int',
    dueAt: 'at',
    score: 'float',
    resets: 'int',
  }),
  wait: new Table<Wait>('wait', ['runId', 'stepId'], {
    runId: 'text',
    stepId: 'text',
    kind: 'text',
    eventName: 'text',
    expression: 'text',
    matchKey: 'text',
    expiresAt: 'at',
  }),
  throttle: new Table<ThrottleRow>('throttle', ['key'], { key: 'text', arrivalAt: 'at' }),
  signal: new Table<SignalRow>('signal', ['name'], { name: 'text', runId: 'text', stepId: 'text', expiresAt: 'at' }),
  pause: new Table<PauseRow>('pause', ['functionId'], { functionId: 'text', pausedAt: 'at' }),
  cancellation: new Table<CancellationRow>('cancellation', ['id'], {
    id: 'text',
    functionId: 'text',
    startedAfter: 'at',
    startedBefore: 'at',
    expression: 'text',
    createdAt: 'at',
    seenUpTo: 'text',
    cancelled: 'int',
    isDone: 'bool',
  }),
  batch: new Table<BatchRow>('batch', ['id'], { id: 'text', functionId: 'text', key: 'text', dueAt: 'at' }),
  batchEvent: new Table<BatchEventRow>('batch_event', ['eventId', 'functionId'], {
    eventId: 'text',
    functionId: 'text',
    batchId: 'text',
    place: 'int',
  }),
  pendingStart: new Table<PendingStart>('pending_start', ['id'], {
    id: 'text',
    kind: 'text',
    functionId: 'text',
    key: 'text',
    eventId: 'text',
    eventTs: 'at',
    firstAt: 'at',
    dueAt: 'at',
    parentRunId: 'text',
    parentStepId: 'text',
  }),
  rateLimitStart: new Table<RateLimitStart>('rate_limit_start', ['id'], { id: 'text', key: 'text', expiresAt: 'at' }),
}

export type TableName = keyof typeof tables
export type RowOf<Name extends TableName> = (typeof tables)[Name] extends Table<infer Row> ? Row : never
