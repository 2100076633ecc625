import type { Logger } from 'pino'
import type { EngineClock } from '../clock'
import { callOut } from '../execution/call-out'
import { queuedItem } from '../execution/draft'
import { callAddress, callBody, stepIdOf } from '../execution/request'
import { sign } from '../execution/signature'
import { type Transport, TransportError } from '../execution/transport'
import type { CallOutcome, Metrics } from '../metrics'
import { type Answer, readAnswer } from '../model/answer'
import type { RegisteredFunction } from '../model/function'
import { type Item, isActive, type Run } from '../model/run'
import type { Timers } from '../timers'
import type { Call, Dispatcher } from './dispatcher'
import type { Heartbeat } from './heartbeat'
import { type Lane, LaneBusyError } from './lane'
import { answered, failed, started, unanswered } from './operations/run-operations'
import type { World } from './world'

export type CallerParts = {
  world: World
  lane: Lane
  dispatcher: () => Dispatcher
  /** Whether this engine still leads. */
  heartbeat: Pick<Heartbeat, 'isSure' | 'untilSure'>
  clock: EngineClock
  timers: Timers
  transport: Transport
  /** Real milliseconds to wait after so many failures in a row. */
  transportWaitMs: (failuresInARow: number) => number
  signingKey: string
  metrics: Metrics
  log: Logger
}

type Work = { call: Call; run: Run; item: Item; fn: RegisteredFunction }

const overtaken = {
  reason: 'the call was delivered twice, and the other delivery has saved its steps',
  wasReset: false,
}

/** Works on one item: calls the app, and brings what it answers to the lane. */
export class Caller {
  /** Transport failures in a row, by item. */
  private readonly failures = new Map<string, number>()
  private readonly naps = new Map<Call, { callOff: () => void; appId?: string }>()
  private isStopped = false
  private readonly transport: Transport

  constructor(private readonly parts: CallerParts) {
    // Looked at once more in the last moment: the process may be stopped just before it, for as long as a takeover takes.
    const mayGo = () => parts.heartbeat.isSure
    this.transport = (call) => parts.transport({ ...call, mayGo })
  }

  /** Never throws: whatever happens, the item is answered, set aside for a while, or found to be done. */
  async work(call: Call): Promise<void> {
    const { log, lane, dispatcher, heartbeat } = this.parts
    try {
      let work = await this.prepare(call)
      // Looked at last of all, and prepared anew after any wait: the run may have gone on, under another engine even.
      while (work && !(heartbeat.isSure && lane.isWritten(work.run))) {
        await heartbeat.untilSure()
        work = await this.prepare(call)
      }
      if (!work) return this.release(call)
      const answer = await this.ask(work)
      if (answer.kind === 'stranger') await this.setAside(work, answer)
      else if (call.isVoid) await this.setAside(work, overtaken)
      else await this.settle(work, answer)
    } catch (error) {
      const { runId, functionId } = call.item
      if (!this.isStopped) log.error({ err: error, runId, functionId }, 'a call could not be made')
      dispatcher().setAside(call)
      this.wakeLater(call, 1_000)
    }
  }

  /** Stops waiting for apps that are away. */
  stop(): void {
    this.isStopped = true
    for (const { callOff } of this.naps.values()) callOff()
  }

  /** An app was heard again: what waits for it, and was not cut off in the middle, needn't wait longer. */
  appIsBack(appId: string): void {
    for (const [call, nap] of this.naps) if (nap.appId === appId) this.wake(call)
  }

  private async prepare(call: Call): Promise<Work | undefined> {
    const { world, lane, clock } = this.parts
    const found = await world.find(call.item.runId)
    if (!found) return undefined
    await lane.written(found)
    // Found anew: had that commit failed, memory would have been read again from the tables.
    const work = await this.find(call)
    if (!work || work.run.startedAt !== null) return work
    const { run, fn } = work
    run.startedAt = clock.now()
    run.status = 'running'
    if (call.throttle) {
      // On disk before the call goes out: an engine that takes over would else let another start in too early.
      await lane.submit(started(world, run, call.throttle))
      return this.find(call)
    }
    // Only what must be there after a crash costs a commit; else the first answer's commit carries it.
    if (fn.config.timeouts) this.noteStart(run)
    return work
  }

  private async find(call: Call): Promise<Work | undefined> {
    const { world } = this.parts
    const run = await world.find(call.item.runId)
    const item = run?.items.get(call.item.id)
    const fn = run && world.functions.get(run.functionId)
    return run && item && fn && isActive(run) ? { call, run, item, fn } : undefined
  }

  private noteStart(run: Run): void {
    const { lane, world, log } = this.parts
    lane
      .submit(started(world, run, undefined))
      .catch((error) => log.error({ err: error, runId: run.id }, 'a start could not be noted'))
  }

  private async ask(work: Work): Promise<Answer> {
    const { clock, metrics } = this.parts
    const before = clock.realNow()
    const answer = await this.answerTo(work)
    const outcome: CallOutcome = answer.kind === 'stranger' && answer.isRefusal ? 'unauthorised' : answer.kind
    metrics.called(work.item.kind === 'fetch' ? 'outside' : 'app', outcome, clock.realNow() - before)
    return answer
  }

  private async answerTo(work: Work): Promise<Answer> {
    try {
      const step = work.run.steps.get(work.item.stepId)
      if (work.item.kind === 'fetch' && step) return await callOut(step, this.transport)
      return readAnswer(await this.callApp(work))
    } catch (error) {
      if (!(error instanceof TransportError)) throw error
      if (error.kind === 'too-large') return { kind: 'unusable', reason: error.message }
      return { kind: 'stranger', reason: error.message, wasReset: error.kind === 'reset' }
    }
  }

  private callApp({ call, run, item, fn }: Work) {
    const { clock, signingKey } = this.parts
    const body = callBody(run, item, fn, { requestId: call.requestId, generation: item.attempt + 1 })
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Backroom engine',
      'x-run-id': run.id,
      'x-request-id': call.requestId,
      'x-inngest-step-id': stepIdOf(item),
      'x-inngest-req-version': String(run.version ?? -1),
      'x-engine-clock-offset-ms': String(clock.offsetMs),
      'x-inngest-signature': sign(body, signingKey, clock.realNow()),
    }
    return this.transport({ url: callAddress(fn, item), method: 'POST', headers, body })
  }

  private async settle(work: Work, answer: Answer): Promise<void> {
    const { lane, world, dispatcher, log } = this.parts
    const { call, run, item, fn } = work
    this.failures.delete(item.id)
    this.appIsBack(fn.appId)
    const hooks = {
      decided() {
        call.state = 'answered'
      },
      committed() {
        dispatcher().end(call)
      },
      // Another answer of the same run, which is decided anew before this one, must find it under way again.
      undone() {
        call.state = 'calling'
      },
    }
    try {
      await lane.submit(answered(world, { runId: run.id, itemId: item.id, answer }, hooks))
    } catch (error) {
      // The engine is stopping: the call is made again by the next one.
      if (error instanceof LaneBusyError) return
      const reason = `The app's answer can't be stored: ${error instanceof Error ? error.message : error}`
      await lane.submit(failed(world, run.id, reason))
      this.release(call)
    }
    log.debug(
      { runId: run.id, functionId: fn.id, step: stepIdOf(item), attempt: item.attempt, answer: answer.kind },
      'answered',
    )
  }

  /** The app is away. Its item waits in real time, and uses no attempt. */
  private async setAside(
    { call, run, item, fn }: Work,
    { reason, wasReset }: { reason: string; wasReset: boolean },
  ): Promise<void> {
    const { lane, world, dispatcher, log } = this.parts
    const count = (this.failures.get(item.id) ?? 0) + 1
    this.failures.set(item.id, count)
    const about = { runId: run.id, functionId: fn.id, step: stepIdOf(item), attempt: item.attempt, failures: count }
    log.warn({ ...about, reason }, 'the app did not answer')
    dispatcher().setAside(call)
    if (wasReset) await lane.submit(unanswered(world, { runId: run.id, itemId: item.id, wasReset, reason }))
    this.wakeLater(call, this.parts.transportWaitMs(count), wasReset ? undefined : fn.appId)
  }

  private wakeLater(call: Call, waitMs: number, appId?: string): void {
    if (this.isStopped) return
    const callOff = this.parts.timers.after(waitMs, () => this.wake(call))
    this.naps.set(call, { callOff, ...(appId ? { appId } : {}) })
  }

  private wake(call: Call): void {
    const { world, dispatcher } = this.parts
    this.naps.get(call)?.callOff()
    this.naps.delete(call)
    const run = world.runs.get(call.item.runId)
    const item = run?.items.get(call.item.id)
    dispatcher().end(call)
    if (run && !item) this.failures.delete(call.item.id)
    else {
      const queued = run && item ? queuedItem(run, item) : call.item
      dispatcher().add(call.throttle ? { ...queued, spent: call.throttle } : queued)
    }
    dispatcher().pump()
  }

  private release(call: Call): void {
    this.failures.delete(call.item.id)
    this.parts.dispatcher().end(call)
    this.parts.dispatcher().pump()
  }
}
