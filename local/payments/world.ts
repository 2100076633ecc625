import type Stripe from 'stripe'
import type { Refusal } from './cards'
import type { Entry, Kind, Kinds, SandboxEvent, Store, Stored } from './store'

/** The one version of Stripe's API that the sandbox speaks: the one that the SDK is made for. */
export const API_VERSION: Stripe.LatestApiVersion = '2026-10-28.endive'

/** What an endpoint can be told of here. */
export type EventType =
  | 'payment_intent.succeeded'
  | 'payment_intent.payment_failed'
  | 'payment_intent.canceled'
  | 'checkout.session.completed'
  | 'checkout.session.expired'
  | 'charge.refunded'

export type WorldOptions = {
  store: Store
  /** Seconds. */
  now: number
  newId: (prefix: string) => string
  /** Where the sandbox's own pages are. */
  baseUrl: string
  /** The request that all of this happens in; no ids for what happens by itself, or on the page. */
  request: SandboxEvent['request']
  hasEndpoint: boolean
  /** The refusal that was asked for, for the next charge. */
  takeDecline: () => Refusal | undefined
}

/** What one request sees and changes. Nothing is there for others until its entry is committed. */
export class World {
  private readonly changed = new Map<string, Stored>()
  private readonly events: SandboxEvent[] = []

  constructor(private readonly options: WorldOptions) {}

  get now(): number {
    return this.options.now
  }

  get baseUrl(): string {
    return this.options.baseUrl
  }

  newId(prefix: string): string {
    return this.options.newId(prefix)
  }

  takeDecline(): Refusal | undefined {
    return this.options.takeDecline()
  }

  find<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    return (this.changed.get(`${kind} ${id}`) as Kinds[K] | undefined) ?? this.options.store.find(kind, id)
  }

  /** Newest first; without what this request has changed. */
  list<K extends Kind>(kind: K): Kinds[K][] {
    return this.options.store.list(kind)
  }

  put<S extends Stored>(stored: S): S {
    this.changed.set(`${stored.object} ${stored.id}`, stored)
    return stored
  }

  /** Tells the endpoint of something, as it is at this moment. */
  emit(type: EventType, object: Stored): void {
    const { newId, now, request, hasEndpoint } = this.options
    if (!hasEndpoint) return
    const id = newId('evt_')
    const event = { id, object: 'event', api_version: API_VERSION, created: now, data: { object } } as const
    this.events.push({ ...event, livemode: false, pending_webhooks: 1, request, type })
  }

  get entry(): Entry & { events: SandboxEvent[] } {
    return { put: [...this.changed.values()], events: this.events }
  }
}

/** The id of what a field refers to; what is stored is never expanded. */
export function idOf(field: string | { id: string } | null | undefined): string | undefined {
  return typeof field === 'string' ? field : (field?.id ?? undefined)
}
