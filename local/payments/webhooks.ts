import type { Faults } from '../sandbox/faults'
import { type Fault, fits } from './faults'
import { signatureHeader } from './signature'
import { EVENT_LIFE_MS, type SandboxEvent } from './store'

export type Endpoint = { url: string; secret: string }

export type WebhookOptions = {
  endpoint: Endpoint
  faults: Faults<Fault>
  /** Real time in milliseconds. */
  now: () => number
  /** The event was taken, or is given up. */
  settled: (event: SandboxEvent) => void
  /** How long after a try that failed, by how many have; milliseconds. */
  waitMs?: (failures: number) => number
}

const ANSWER_LIMIT_MS = 20_000
const MOST_AT_ONCE = 8

/** Stripe leaves an hour and more between two tries, and in its own sandbox tries three times; here nobody waits so long. */
const growingWaitMs = (failures: number) => Math.min(1_000 * 2 ** (failures - 1), 300_000)

/**
 * Delivers events to the endpoint, at least once each, in no promised order: until it answers 2xx, or for three days.
 * What is not delivered when the sandbox ends, is at its next start.
 */
export class Webhooks {
  private readonly due: { event: SandboxEvent; failures: number; done?: () => void }[] = []
  private readonly timers = new Set<NodeJS.Timeout>()
  private held: SandboxEvent[] = []
  private underWay = 0
  private readonly stopping = new AbortController()

  constructor(private readonly options: WebhookOptions) {}

  /** Sends events on their way. */
  accept(events: readonly SandboxEvent[]): void {
    for (const event of events) this.plan(event)
  }

  stop(): void {
    this.stopping.abort()
    for (const timer of this.timers) clearTimeout(timer)
  }

  private plan(event: SandboxEvent): void {
    const { faults } = this.options
    const outOfOrder = faults.take(fits('webhook-out-of-order', event.type))
    if (outOfOrder) return this.hold(event, outOfOrder.left, outOfOrder.fault.delayMs)
    const late = faults.take(fits('webhook-late', event.type))
    if (late) return this.after(late.fault.delayMs, () => this.deliver(event))
    this.deliver(event)
  }

  private hold(event: SandboxEvent, left: number, delayMs: number): void {
    this.held.push(event)
    if (left === 0) return void this.release()
    this.after(delayMs, () => this.held.includes(event) && void this.release())
  }

  /** The opposite order is kept: each waits for the one before to be taken. */
  private async release(): Promise<void> {
    const events = this.held.reverse()
    this.held = []
    for (const event of events) await new Promise<void>((resolve) => this.deliver(event, 0, resolve))
  }

  private deliver(event: SandboxEvent, failures = 0, done?: () => void): void {
    this.due.push({ event, failures, ...(done ? { done } : {}) })
    this.pump()
  }

  private pump(): void {
    while (this.underWay < MOST_AT_ONCE && !this.stopping.signal.aborted) {
      const next = this.due.shift()
      if (!next) return
      this.underWay++
      void this.attempt(next.event).then((isTaken) => {
        this.underWay--
        if (this.stopping.signal.aborted) return
        if (isTaken) this.taken(next.event, next.done)
        else this.tryAgain(next.event, next.failures + 1, next.done)
        this.pump()
      })
    }
  }

  private taken(event: SandboxEvent, done: (() => void) | undefined): void {
    const again = this.options.faults.take(fits('webhook-twice', event.type))
    if (again) return this.deliver(event, 0, done)
    this.options.settled(event)
    done?.()
  }

  private tryAgain(event: SandboxEvent, failures: number, done: (() => void) | undefined): void {
    const { now, settled, waitMs = growingWaitMs } = this.options
    if (event.created * 1_000 + EVENT_LIFE_MS > now())
      return this.after(waitMs(failures), () => this.deliver(event, failures, done))
    settled(event)
    done?.()
  }

  private async attempt(event: SandboxEvent): Promise<boolean> {
    const { endpoint, now } = this.options
    const body = JSON.stringify(event, null, 2)
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': signatureHeader(body, endpoint.secret, Math.floor(now() / 1_000)),
    }
    const signal = AbortSignal.any([AbortSignal.timeout(ANSWER_LIMIT_MS), this.stopping.signal])
    try {
      const response = await fetch(endpoint.url, { method: 'POST', headers, body, redirect: 'manual', signal })
      await response.body?.cancel()
      return response.ok
    } catch {
      return false
    }
  }

  private after(delayMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      act()
    }, delayMs)
    this.timers.add(timer)
  }
}
