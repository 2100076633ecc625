import { orderCancellationRoute } from '@/engine/api/cancellations'
import { checkpointRoute } from '@/engine/api/checkpoint'
import { eventRoute } from '@/engine/api/events'
import type { Reply, Route } from '@/engine/api/exchange'
import { pauseRoute, resumeRoute } from '@/engine/api/functions'
import { Problem } from '@/engine/api/problem'
import { cancelRoute } from '@/engine/api/runs'
import { signalRoute } from '@/engine/api/signals'
import { type EngineProcess, type Fleet, START } from './fleet'
import type { Stage } from './stage'
import type { CallSeen } from './witness'

const EVENT_KEY = 'simulated'
const events = eventRoute({ eventKey: EVENT_KEY, signingKey: '', signingKeyFallback: undefined }, 3_000)

/** Longer than the engine itself lets a sender wait: after this the engine is gone. */
const GIVE_UP_MS = 6_000
const CHECKPOINT_TRIES = 3

/** Whoever talks to the engine's doors: senders of events, and the app in the middle of a call. */
export class Client {
  /** Events that the engine has said it holds, by the sender's id. */
  readonly accepted = new Map<string, { name: string; key: string }>()
  /** Functions that somebody has held back for a while: what came meanwhile has passed them by. */
  readonly held = new Set<string>()
  /** What still waits for an answer. */
  underWay = 0

  constructor(
    private readonly stage: Stage,
    private readonly fleet: Fleet,
  ) {}

  /** Sends one event until an engine has taken it; the same id each time. */
  async send(name: string, id: string, key: string): Promise<void> {
    this.underWay++
    const text = JSON.stringify({ name, id, data: { k: key, once: id.slice(-1) } })
    for (;;) {
      const reply = await this.ask(events, { key: EVENT_KEY }, text)
      if (reply?.status === 200) break
      await this.stage.turn(undefined, `${name} ${id} is sent again`, 500)
    }
    this.accepted.set(id, { name, key })
    this.underWay--
  }

  /** Sends an event without an id, once: it would else come twice where only the answer was lost. */
  async sendOnce(name: string, key: string): Promise<void> {
    this.underWay++
    const reply = await this.ask(events, { key: EVENT_KEY }, JSON.stringify({ name, data: { k: key, once: name } }))
    const { ids } = (reply?.body ?? {}) as { ids?: string[] }
    if (reply?.status === 200 && ids?.[0]) this.accepted.set(ids[0], { name, key })
    this.underWay--
  }

  async signal(signal: string): Promise<void> {
    await this.once(signalRoute, {}, JSON.stringify({ signal, data: 1 }))
  }

  async cancel(runId: string): Promise<void> {
    await this.once(cancelRoute, { runId }, '')
  }

  async cancelAll(functionId: string): Promise<void> {
    const before = new Date(START + 365 * 24 * 3_600_000).toISOString()
    const order = { app_id: 'app', function_id: functionId.replace('app-', ''), started_before: before }
    await this.once(orderCancellationRoute, {}, JSON.stringify(order))
  }

  async pause(functionId: string): Promise<void> {
    this.held.add(functionId)
    await this.once(pauseRoute, { functionId }, '')
  }

  async resume(functionId: string): Promise<void> {
    this.underWay++
    while ((await this.ask(resumeRoute, { functionId }, ''))?.status !== 200)
      await this.stage.turn(undefined, `${functionId} is resumed again`, 500)
    this.underWay--
  }

  moveClock(fleet: Fleet, by: number): void {
    const engine = fleet.leader()?.engine
    void engine?.moveClock({ target: { by }, crons: 'latest', limitMs: 20_000 }).catch(() => undefined)
  }

  /** Saves steps as the SDK does: 409 means stop, and anything else is tried again a few times. */
  async checkpoint(
    call: CallSeen,
    ctx: { job_id: string; request_id: string },
    steps: unknown[],
  ): Promise<'saved' | 'stale' | 'failed'> {
    const text = JSON.stringify({ qi_id: ctx.job_id, request_id: ctx.request_id, steps })
    for (let n = 0; n < CHECKPOINT_TRIES; n++) {
      const reply = await this.ask(checkpointRoute, { runId: call.runId }, text)
      // The answer may be lost though the steps are saved, and then they are saved a second time.
      if (this.fleet.mishaps.answerIsLost()) continue
      if (reply?.status === 200) return 'saved'
      if (reply?.status === 409) return 'stale'
      await this.stage.turn(undefined, 'a checkpoint is sent again', 200)
    }
    return 'failed'
  }

  private async once(route: Route, params: Record<string, string>, text: string): Promise<void> {
    this.underWay++
    await this.ask(route, params, text)
    this.underWay--
  }

  /** One request to whoever leads; undefined where no answer comes. */
  private async ask(route: Route, params: Record<string, string>, text: string): Promise<Reply | undefined> {
    await this.stage.turn(undefined, `${route.path} is asked`)
    const process = this.fleet.leader()
    if (!process?.engine) return undefined
    const answer = this.answerOf(process, route, params, text)
    return Promise.race([answer, this.stage.turn(undefined, 'no answer came', GIVE_UP_MS).then(() => undefined)])
  }

  private async answerOf(
    process: EngineProcess,
    route: Route,
    params: Record<string, string>,
    text: string,
  ): Promise<Reply> {
    try {
      const { engine } = process
      if (!engine) throw new Error('the engine is not there')
      return await route.answer({ engine, params, query: new URLSearchParams(), headers: {}, text: async () => text })
    } catch (error) {
      return { status: error instanceof Problem ? error.status : 503 }
    }
  }
}
