import { type OutgoingCall, type Transport, TransportError } from '@/engine/execution/transport'
import type { HttpAnswer } from '@/engine/model/answer'
import type { Client } from './client'
import type { Process, Stage } from './stage'
import type { CallSeen, Witness } from './witness'
import { follow, type Leaf, stepIdOf, type Workflow } from './workflow'

type Body = {
  ctx: {
    attempt: number
    disable_immediate_execution: boolean
    job_id: string
    max_attempts: number
    request_id: string
    run_id: string
    stack: { stack: string[] }
    step_id: string
  }
  event: { data?: { k?: unknown } }
  steps: Record<string, unknown>
}

type Op = {
  id: string
  op: string
  displayName: string
  name?: string
  opts?: unknown
  data?: unknown
  error?: unknown
}

/** What chance does to a call: it never arrives, is never answered, is answered by a stranger, or arrives twice. */
export type CallMishap = 'refused' | 'lost' | 'unanswered' | 'stranger' | 'twice' | undefined

/** An app that speaks the protocol as the SDK does, and runs the code of random workflows. */
export class App {
  private nonce = 0

  constructor(
    private readonly stage: Stage,
    private readonly witness: Witness,
    private readonly workflows: Workflow[],
    private readonly client: Client,
    private readonly mishap: () => CallMishap,
  ) {}

  transportOf(process: Process): Transport {
    return (call) => this.take(process, call)
  }

  private async take(process: Process, { url, body }: OutgoingCall): Promise<HttpAnswer> {
    const parsed = JSON.parse(body ?? '') as Body
    const workflow = this.workflows.find(({ id }) => id === new URL(url).searchParams.get('fnId')) as Workflow
    const call = seen(process, workflow, parsed)
    this.witness.callBegins(call)
    try {
      return await this.deliver(call, parsed)
    } finally {
      this.witness.callEnds(call)
    }
  }

  private async deliver(call: CallSeen, body: Body): Promise<HttpAnswer> {
    const mishap = this.mishap()
    const about = `call ${body.ctx.step_id.slice(0, 6)} of ${call.runId} (${call.workflow.id})`
    await this.stage.turn(undefined, `${about} arrives${mishap ? `, ${mishap}` : ''}`)
    if (mishap === 'refused') return this.home(call, about, () => fail('refused'))
    if (mishap === 'lost') return this.home(call, about, () => fail('reset'))
    if (mishap === 'stranger') return this.home(call, about, () => ({ status: 502, headers: {}, body: '<html>' }))
    const answer = this.answer(call, body)
    // A proxy that tries again: the code runs twice, and one of the answers is thrown away.
    if (mishap === 'twice') void this.answer(call, structuredClone(body)).catch(() => undefined)
    const answered = await answer
    return this.home(call, about, () => (mishap === 'unanswered' ? fail('reset') : answered))
  }

  /** The way back; to a process that is dead by now it ends nowhere. */
  private async home(call: CallSeen, about: string, answer: () => HttpAnswer): Promise<HttpAnswer> {
    await this.stage.turn(call.process, `${about} comes back`)
    return answer()
  }

  private async answer(call: CallSeen, body: Body): Promise<HttpAnswer> {
    const { ctx } = body
    const { workflow } = call
    const memo = { steps: { ...body.steps }, stack: [...ctx.stack.stack] }
    if (ctx.step_id !== 'step') {
      const leaf = follow(workflow, memo).open.find((one) => stepIdOf(one) === ctx.step_id)
      return leaf ? this.ops([await this.execute(call, leaf, ctx)]) : error('the step was not found', false)
    }
    if (ctx.attempt < workflow.throws) return error('the function throws', ctx.attempt + 1 >= ctx.max_attempts)
    for (;;) {
      const { open, end } = follow(workflow, memo)
      if (end && 'failedBy' in end) return error(`failed by ${end.failedBy}`, true)
      if (end && open.length === 0)
        return workflow.checkpoints
          ? this.ops([{ id: stepIdOf(END), op: 'RunComplete', displayName: 'complete', data: end.value }])
          : { status: 200, headers: sdk, body: JSON.stringify(end.value) }
      const [only] = open
      const isInline = open.length === 1 && only && isCode(only) && !ctx.disable_immediate_execution
      if (!isInline) return this.ops(open.map(planned))
      const op = await this.execute(call, only, ctx)
      if (op.op !== 'StepRun' || !workflow.checkpoints) return this.ops([op])
      const saved = await this.client.checkpoint(call, ctx, [op])
      if (saved === 'stale') return error('stale', true)
      if (saved === 'failed') return this.ops([op])
      memo.steps[op.id] = { data: op.data }
      memo.stack.push(op.id)
    }
  }

  private async execute(call: CallSeen, leaf: Leaf, ctx: Body['ctx']): Promise<Op> {
    const id = stepIdOf(leaf)
    this.witness.bodyRuns(call, id)
    await this.stage.turn(undefined, `${leaf.name} of ${call.runId} runs`, this.stage.chance.below(300))
    const about = { id, displayName: leaf.name }
    if (leaf.kind === 'send')
      for (const [n, event] of leaf.events.entries())
        await this.client.send(event, `${call.runId} ${leaf.name} ${n}`, call.key)
    if (leaf.kind === 'run' && ctx.attempt < leaf.failures) {
      const isLast = leaf.isFinal || ctx.attempt + 1 >= ctx.max_attempts
      return { ...about, op: isLast ? 'StepFailed' : 'StepError', error: { name: 'Error', message: 'fails' } }
    }
    return { ...about, op: 'StepRun', data: ++this.nonce }
  }

  private ops(ops: Op[]): HttpAnswer {
    const noRetry = String(ops.some(({ op }) => op === 'StepFailed'))
    const headers = { ...sdk, 'x-inngest-no-retry': noRetry, 'retry-after': '1' }
    return { status: 206, headers, body: JSON.stringify(ops) }
  }
}

const sdk = { 'x-inngest-sdk': 'simulated:v1', 'x-inngest-req-version': '2' }
const END: Leaf = { kind: 'sleep', name: 'complete', ms: 0 }

const isCode = ({ kind }: Leaf) => kind === 'run' || kind === 'send'

function fail(kind: 'refused' | 'reset'): never {
  throw new TransportError(kind, `the call was ${kind}`)
}

function error(message: string, isFinal: boolean): HttpAnswer {
  const headers = { ...sdk, 'x-inngest-no-retry': String(isFinal), 'retry-after': '1' }
  return { status: isFinal ? 400 : 500, headers, body: JSON.stringify({ name: 'Error', message }) }
}

function seen(process: Process, workflow: Workflow, { ctx, event, steps }: Body): CallSeen {
  const { job_id: itemId, run_id: runId, step_id: stepId, attempt, stack } = ctx
  const key = String(event.data?.k)
  return { process, workflow, itemId, runId, stepId, attempt, memo: steps, stack: stack.stack, key, ran: new Set() }
}

/** A step that the app has found, as it reports it. */
function planned(leaf: Leaf): Op {
  const about = { id: stepIdOf(leaf), displayName: leaf.name }
  switch (leaf.kind) {
    case 'sleep':
      return { ...about, op: 'Sleep', name: `${leaf.ms / 1_000}s` }
    case 'wait': {
      const rule = leaf.sameKey ? { if: 'event.data.k == async.data.k' } : {}
      return {
        ...about,
        op: 'WaitForEvent',
        name: leaf.event,
        opts: { timeout: `${leaf.timeoutMs / 1_000}s`, ...rule },
      }
    }
    case 'signal': {
      const opts = { signal: leaf.signal, timeout: `${leaf.timeoutMs / 1_000}s`, conflict: 'replace' }
      return { ...about, op: 'WaitForSignal', name: leaf.signal, opts }
    }
    case 'invoke': {
      const timeout = leaf.timeoutMs === undefined ? {} : { timeout: `${leaf.timeoutMs / 1_000}s` }
      const opts = { function_id: leaf.callee, payload: { data: { k: 'a', once: leaf.name } }, ...timeout }
      return { ...about, op: 'InvokeFunction', opts }
    }
    default:
      return { ...about, op: 'StepPlanned' }
  }
}
