import type { Logger } from 'pino'
import type { EngineClock } from '../clock'
import { describeApp } from '../execution/in-band-sync'
import { type Transport, TransportError } from '../execution/transport'
import { ConfigurationError } from '../model/function'
import type { Timers } from '../timers'
import type { Dispatcher } from './dispatcher'
import type { Lane } from './lane'
import { sync } from './operations/sync'
import type { World } from './world'

export type PollerParts = {
  world: World
  lane: Lane
  dispatcher: Dispatcher
  clock: EngineClock
  transport: Transport
  signingKey: string
  timers: Timers
  log: Logger
}

/** Asks apps again and again for their functions, so that a change in their code is seen without a restart. */
export class AppPoller {
  private callOff = () => {}
  private isStopped = false
  /** What each app was last refused for: said once, not every few seconds. */
  private readonly refused = new Map<string, string>()

  constructor(
    private readonly parts: PollerParts,
    private readonly urls: string[],
    private readonly everyMs: number,
  ) {}

  /** Polls now and from now on. */
  async start(): Promise<void> {
    await this.runOnce()
    if (!this.isStopped) this.callOff = this.parts.timers.after(this.everyMs, () => void this.start())
  }

  stop(): void {
    this.isStopped = true
    this.callOff()
  }

  /** One round over all apps. One that is away, or refused, keeps the functions that it had. */
  async runOnce(): Promise<void> {
    await Promise.all(this.urls.map((url) => this.poll(url)))
    this.parts.dispatcher.pump()
  }

  private async poll(url: string): Promise<void> {
    const { world, lane, clock, transport, signingKey, log } = this.parts
    try {
      const description = await describeApp(url, transport, clock, signingKey)
      const { modified } = await lane.submit(sync(world, description))
      if (modified) log.info({ appId: description.appName, functions: description.functions.length }, 'app registered')
      this.refused.delete(url)
    } catch (error) {
      if (error instanceof TransportError) return
      const reason = error instanceof Error ? error.message : String(error)
      if (this.refused.get(url) === reason) return
      this.refused.set(url, reason)
      log.error(
        { url, reason },
        error instanceof ConfigurationError ? 'an app was refused' : 'an app could not be asked for its functions',
      )
    }
  }
}
