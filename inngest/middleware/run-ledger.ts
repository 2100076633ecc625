import { AsyncLocalStorage } from 'node:async_hooks'
import { Middleware, RetryAfterError, StepError } from 'inngest'
import { now } from '@/lib/clock'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { businessRecordOf } from '@/lib/runs/business-record'
import { keptError, keptValue } from '@/lib/runs/kept-value'
import { isFirstSightOfFunction, isFirstSightOfMemo } from '@/lib/runs/memory'
import type { Call, ExecutedStep, Note } from '@/lib/runs/notes'
import { keptEvent, parentOf, type TriggerEvent } from '@/lib/runs/trigger-event'
import { ledgerWritten, note } from '@/lib/runs/writer'
import { knownFunctions } from '../known-functions'
import { functionsTriggeredBy } from '../triggers'
import { readAnswer, retryInstant } from './answer'
import { markedAway } from './database-away'

/** Before an answer that must be known of, any on a host that sleeps after it, and before an event counts as sent. */
const WRITTEN_LIMIT_MS = 2_000

/** The events of the step that is sending: the SDK hands them to an instance of their own, and tells no step of them. */
const sending = new AsyncLocalStorage<unknown[]>()

/**
 * Writes the run ledger: what the app can see of each run, under whatever server. Nothing is noted of a request before
 * its signature was checked, which is when the function's input is there.
 */
export class runLedger extends Middleware.BaseMiddleware {
  readonly id = 'run-ledger'

  // An instance serves one request.
  private call: Call | undefined
  private memo: Middleware.TransformFunctionInputArgs['steps'] = {}
  private readonly startedAt = new Map<string, Date>()
  private readonly sentBy = new Map<string, unknown[]>()
  /** What the function's end would mean, once its answer says that it is one. */
  private end: Note[] = []

  override async wrapRequest({ next, requestInfo }: Middleware.WrapRequestArgs) {
    const answer = await next()
    const { call } = this
    if (!call) return answer
    try {
      const isFirstSight = noteFunction(call.functionId, await requestInfo.body())
      noteAnswer(call, answer, requestInfo.url.searchParams.get('stepId') ?? 'step', this.end)
      return await told(answer, { isNeeded: isFirstSight || !isAwaited(call) })
    } catch (error) {
      log.error({ err: error, runId: call.runId }, 'an answer could not be noted')
    }
    return answer
  }

  override transformFunctionInput(arg: Middleware.TransformFunctionInputArgs) {
    const { ctx, fn, steps } = arg
    this.memo = steps
    this.call = callOf(ctx, fn.id())
    note({ kind: 'called', call: this.call })
    return arg
  }

  override transformStepInput(arg: Middleware.TransformStepInputArgs) {
    const { hashedId, memoized, stepType } = arg.stepInfo
    const kept = memoized ? this.memo[hashedId] : undefined
    // A replaced input is no result: the step is still to be executed.
    if (this.call && kept && kept.type !== 'input' && isFirstSightOfMemo(this.call.runId, hashedId)) {
      const { id, name = id } = arg.stepOptions
      const isError = kept.type === 'error'
      const result = isError
        ? { status: 'failed' as const, output: null, error: keptError(kept.error) }
        : { status: 'completed' as const, output: keptValue(kept.data), error: null }
      const { runId, calledAt } = this.call
      const step = { runId, id: hashedId, name, kind: stepType, seenAt: calledAt, ...result }
      note({ kind: 'step memoised', step })
    }
    return arg
  }

  override onStepStart({ stepInfo }: Middleware.OnStepStartArgs) {
    this.startedAt.set(stepInfo.hashedId, now())
    this.noteExecution(stepInfo, { status: 'running', endedAt: null })
  }

  override async wrapStepHandler({ next, stepInfo }: Middleware.WrapStepHandlerArgs) {
    if (stepInfo.stepType !== 'sendEvent') return next()
    const events: unknown[] = []
    this.sentBy.set(stepInfo.hashedId, events)
    return sending.run(events, next)
  }

  override onStepComplete({ stepInfo, output }: Middleware.OnStepCompleteArgs) {
    this.noteExecution(stepInfo, { status: 'completed', endedAt: now(), output: keptValue(output) })
  }

  override onStepError({ stepInfo, error, isFinalAttempt }: Middleware.OnStepErrorArgs) {
    const at = now()
    const said = { error: keptError(originalOf(error)), until: isFinalAttempt ? null : retryAtOf(error, at) }
    if (isFinalAttempt) this.noteExecution(stepInfo, { status: 'failed', endedAt: at, ...said })
    else this.noteExecution(stepInfo, { status: 'errored', endedAt: null, ...said })
    const startedAt = this.startedAt.get(stepInfo.hashedId) ?? at
    if (this.call)
      note({
        ...{ kind: 'attempt failed', call: this.call, stepId: stepInfo.hashedId },
        ...{ startedAt, at, error: said.error, retryAt: said.until },
      })
  }

  override onRunComplete({ output }: Middleware.OnRunCompleteArgs) {
    if (this.call)
      this.end = [
        { kind: 'ended', call: this.call, at: now(), end: { status: 'completed', output: keptValue(output) } },
      ]
  }

  override onRunError({ error: thrown, isFinalAttempt }: Middleware.OnRunErrorArgs) {
    const { call } = this
    if (!call) return
    const at = now()
    const error = keptError(originalOf(thrown))
    const retryAt = isFinalAttempt ? null : retryAtOf(thrown, at)
    this.end = isFinalAttempt
      ? [{ kind: 'ended', call, at, end: { status: 'failed', error } }]
      : [{ kind: 'stands', call, standing: { status: 'retrying', until: retryAt } }]
    // A step's failure that the function has not caught stands at the step already.
    if (!(thrown instanceof StepError))
      this.end.unshift({ kind: 'attempt failed', call, stepId: '', startedAt: call.calledAt, at, error, retryAt })
  }

  /** Each event and each function that it starts is awaited from here on. It is written before the event counts as sent. */
  override async wrapSendEvent({ events, next }: Middleware.WrapSendEventArgs) {
    const sent = await next()
    sending.getStore()?.push(...events)
    // All or none: they are made where `inngest/index.ts` is loaded.
    const { funcs } = this.client
    const functions = funcs.length > 0 ? funcs : knownFunctions()
    for (const [i, event] of events.entries()) {
      const serverEventId = sent.ids[i] ?? ''
      const { name, id: eventId = serverEventId, ts } = event
      const dueAt = ts ? new Date(ts) : now()
      for (const functionId of functionsTriggeredBy(name, functions))
        note({ kind: 'awaited', run: { eventId, functionId, eventName: name, serverEventId, dueAt } })
    }
    await ledgerWritten({ withinMs: WRITTEN_LIMIT_MS })
    return sent
  }

  private noteExecution(
    { hashedId, options, stepType, input }: Middleware.OnStepStartArgs['stepInfo'],
    said: Pick<ExecutedStep, 'status' | 'endedAt'> & Partial<Pick<ExecutedStep, 'output' | 'error' | 'until'>>,
  ): void {
    if (!this.call) return
    const { runId, attempt } = this.call
    const { id, name = id } = options
    const startedAt = this.startedAt.get(hashedId) ?? now()
    const given = this.sentBy.get(hashedId) ?? input ?? []
    const kept = given.length > 0 ? keptValue(given) : null
    const none = { output: null, error: null, until: null }
    const step = {
      runId,
      id: hashedId,
      name,
      kind: String(stepType),
      attempt,
      startedAt,
      input: kept,
      ...none,
      ...said,
    }
    note({ kind: 'step executed', step })
  }
}

type Answer = Awaited<ReturnType<Middleware.WrapRequestArgs['next']>>
type Ctx = Middleware.TransformFunctionInputArgs['ctx']

function callOf({ runId, attempt, event, events }: Ctx, functionId: string): Call {
  const all = ((events as unknown[] | undefined)?.length ? events : [event]) as TriggerEvent[]
  return {
    ...{ runId, functionId, attempt, calledAt: now() },
    events: all.map(keptEvent),
    record: businessRecordOf(event),
    parent: parentOf(event),
  }
}

/** A function may be at its end while a step of it is open, the loser of a race: then it will be called once more. */
function noteAnswer(call: Call, answer: Parameters<typeof readAnswer>[0], stepId: string, end: Note[]): void {
  const news = readAnswer(answer, now())
  if (!news || news.isEnd) return note(...end)
  for (const step of news.found) note({ kind: 'step found', step: { ...step, runId: call.runId } })
  const isWhole = stepId === 'step' || stepId === ''
  note({ kind: 'stands', call, standing: isWhole ? news.standing : { status: 'as its steps' } })
}

/** @returns whether this process had not seen the function before. */
function noteFunction(functionId: string, body: unknown): boolean {
  const serverId = (body as { ctx?: { fn_id?: unknown } } | undefined)?.ctx?.fn_id
  if (typeof serverId !== 'string' || !serverId || !isFirstSightOfFunction(serverId)) return false
  note({ kind: 'function served', functionId, serverId })
  return true
}

/** Whether its event was sent by somebody, and so noted: ticks, ends and invocations are the server's own. */
const isAwaited = ({ events }: Call) => !events[0]?.name.startsWith('inngest/')

/**
 * What a process knows and has not written is lost when it is killed. Mostly that is made good: a run is called again, or its
 * event is awaited, and the server is asked. Nobody asks after a run of the server's own event, nor can tell by the server's
 * id whose run it is while no call of that function was noted: such an answer is only given when it is written (`isNeeded`).
 */
async function told(answer: Answer, { isNeeded }: { isNeeded: boolean }): Promise<Answer> {
  if (!isNeeded && !env().isServerless) return answer
  const isWritten = await ledgerWritten({ withinMs: WRITTEN_LIMIT_MS })
  return isWritten || !isNeeded ? answer : markedAway(answer)
}

/** The error as it was thrown, without the wait that our own middleware has put round it. */
function originalOf(error: Readonly<Error>): unknown {
  const isOurs =
    error instanceof RetryAfterError && error.cause instanceof Error && error.cause.message === error.message
  return isOurs ? error.cause : error
}

function retryAtOf(error: Readonly<Error>, at: Date): Date | null {
  return error instanceof RetryAfterError ? retryInstant(error.retryAfter, at) : null
}
