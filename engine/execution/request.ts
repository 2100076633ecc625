import { maxAttempts, type RegisteredFunction } from '../model/function'
import { canonicalJson, objectOfTexts } from '../model/json'
import { type Item, type Run, stackOf } from '../model/run'
import { mustPlan } from './answer'

/** Beyond this the app fetches events and memo itself, rather than have them in every call. */
const MOST_BODY_BYTES = 4 * 1024 * 1024

export type CallIdentity = { requestId: string; generation: number }

/**
 * The body of a call, in canonical form, put together from stored canonical pieces: the memo and its completion order
 * come from one aggregate, so every id of the memo stands in the order. An app would wait for ever for one that doesn't.
 */
export function callBody(run: Run, item: Item, fn: RegisteredFunction, identity: CallIdentity): string {
  const whole = compose(run, item, fn, identity, false)
  return Buffer.byteLength(whole) > MOST_BODY_BYTES ? compose(run, item, fn, identity, true) : whole
}

function compose(run: Run, item: Item, fn: RegisteredFunction, identity: CallIdentity, useApi: boolean): string {
  const event = run.events[0]?.body ?? 'null'
  return objectOfTexts([
    ['ctx', context(run, item, fn, identity, useApi)],
    ['defers', '{}'],
    ['event', event],
    ['events', useApi ? '[]' : eventsJson(run)],
    ['steps', useApi ? '{}' : memoJson(run)],
    ['use_api', String(useApi)],
    ['version', String(run.version ?? -1)],
  ])
}

function context(
  run: Run,
  item: Item,
  fn: RegisteredFunction,
  { requestId, generation }: CallIdentity,
  useApi: boolean,
): string {
  const stack = stackOf(run)
  return canonicalJson({
    attempt: item.attempt,
    disable_immediate_execution: mustPlan(run, item),
    env: '',
    fn_id: fn.uuid,
    generation_id: generation,
    job_id: item.id,
    max_attempts: maxAttempts(fn.config),
    qi_id: item.id,
    request_id: requestId,
    run_id: run.id,
    stack: { current: stack.length, stack },
    step_id: stepIdOf(item),
    use_api: useApi,
  })
}

/** Where a call goes. Most are for the step that the address which the app registered by names already. */
export function callAddress({ config }: RegisteredFunction, item: Item): string {
  const { url } = config.steps.step.runtime
  if (url.endsWith(`&stepId=${stepIdOf(item)}`)) return url
  const address = new URL(url)
  address.searchParams.set('stepId', stepIdOf(item))
  return address.href
}

/** The step that a call names: one that was planned, or `step` for a replay that finds out what comes next. */
export function stepIdOf(item: Item): string {
  return item.kind === 'step' ? item.stepId : 'step'
}

export function eventsJson(run: Run): string {
  return `[${run.events.map((event) => event.body).join(',')}]`
}

export function memoJson(run: Run): string {
  const done = [...run.steps.values()].filter((step) => step.status === 'done')
  return objectOfTexts(done.map((step) => [step.id, step.memo ?? 'null'] as const))
}
