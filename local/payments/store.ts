import type Stripe from 'stripe'
import { JournalFile, readEntries } from '../sandbox/journal-file'

/** What only the bank knows of a saved card; it goes by its payment method's id. */
export type Card = {
  id: string
  object: 'card'
  number: string
  /** The customer has authenticated for charges without them. */
  isSetUp: boolean
  /** It was used, or taken from its customer, and can't be used again without one. */
  isSpent: boolean
}

/** Everything that the sandbox keeps, by the name that Stripe gives each kind. */
export type Kinds = {
  customer: Stripe.Customer
  payment_method: Stripe.PaymentMethod
  card: Card
  setup_intent: Stripe.SetupIntent
  'checkout.session': Stripe.Checkout.Session
  payment_intent: Stripe.PaymentIntent
  charge: Stripe.Charge
  refund: Stripe.Refund
}
export type Kind = keyof Kinds
export type Stored = Kinds[Kind]

/** What a key was used for, and what it was answered. */
export type KeyEntry = {
  key: string
  path: string
  fingerprint: string
  requestId: string
  status: number
  body: unknown
  at: number
}

/** What an endpoint is told. */
export type SandboxEvent = {
  id: string
  object: 'event'
  api_version: string
  created: number
  data: { object: Stored }
  livemode: false
  pending_webhooks: number
  request: { id: string | null; idempotency_key: string | null }
  type: string
}

export type Entry = { put?: Stored[]; key?: KeyEntry; events?: SandboxEvent[]; delivered?: string }

/** Stripe forgets a key after so long; real time, as with the real one. */
export const KEY_LIFE_MS = 24 * 3_600_000
/** An event that nobody took for so long is given up. */
export const EVENT_LIFE_MS = 3 * 24 * 3_600_000
/** So many of each kind are kept, the latest, and whatever they refer to. */
const MOST_OF_A_KIND = 10_000

const KINDS: Kind[] = [
  'customer',
  'payment_method',
  'card',
  'setup_intent',
  'checkout.session',
  'payment_intent',
  'charge',
  'refund',
]

/** The memory of the sandbox, and its journal. */
export class Store {
  private tables = new Map<Kind, Map<string, Stored>>(KINDS.map((kind) => [kind, new Map()]))
  private readonly keys = new Map<string, KeyEntry>()
  private readonly waiting = new Map<string, SandboxEvent>()
  private readonly file: JournalFile<Entry>

  constructor(
    path: string,
    private readonly now: () => number,
  ) {
    for (const entry of readEntries<Entry>(path)) this.remember(entry)
    this.file = new JournalFile(path, () => this.kept())
  }

  find<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    return this.tables.get(kind)?.get(id) as Kinds[K] | undefined
  }

  /** Newest first. */
  list<K extends Kind>(kind: K): Kinds[K][] {
    return [...(this.tables.get(kind)?.values() ?? [])].reverse() as Kinds[K][]
  }

  keyEntry(key: string): KeyEntry | undefined {
    const entry = this.keys.get(key)
    return entry && entry.at + KEY_LIFE_MS >= this.now() ? entry : undefined
  }

  /** Events that no endpoint has taken yet, oldest first. */
  undelivered(): SandboxEvent[] {
    return [...this.waiting.values()]
  }

  /** All of an entry is there, or nothing of it, whatever happens. */
  commit(entry: Entry): void {
    this.file.append(entry)
    this.remember(entry)
  }

  /** Resolves when all of it is on disk; nobody may be answered before. */
  synced(): Promise<void> {
    return this.file.synced()
  }

  close(): Promise<void> {
    return this.file.close()
  }

  private remember({ put = [], key, events = [], delivered }: Entry): void {
    for (const stored of put) this.tables.get(stored.object)?.set(stored.id, stored)
    if (key) this.keys.set(key.key, key)
    for (const event of events) this.waiting.set(event.id, event)
    if (delivered) this.waiting.delete(delivered)
  }

  private *kept(): Iterable<Entry> {
    const now = this.now()
    for (const { key, at } of [...this.keys.values()]) if (at + KEY_LIFE_MS < now) this.keys.delete(key)
    for (const { id, created } of this.undelivered()) if (created * 1_000 + EVENT_LIFE_MS < now) this.waiting.delete(id)
    this.tables = keptTables(this.tables)
    for (const table of this.tables.values()) for (const stored of table.values()) yield { put: [stored] }
    for (const key of this.keys.values()) yield { key }
    for (const event of this.waiting.values()) yield { events: [event] }
  }
}

type Tables = Map<Kind, Map<string, Stored>>

function keptTables(tables: Tables): Tables {
  const all = new Map([...tables.values()].flatMap((table) => (table === tables.get('card') ? [] : [...table])))
  const ids = new Set<string>()
  const keep = (id: string) => {
    const stored = all.get(id)
    if (!stored || ids.has(id)) return
    ids.add(id)
    for (const value of Object.values(stored)) if (typeof value === 'string' && all.has(value)) keep(value)
  }
  for (const table of tables.values()) for (const id of [...table.keys()].slice(-MOST_OF_A_KIND)) keep(id)
  return new Map([...tables].map(([kind, table]) => [kind, new Map([...table].filter(([id]) => ids.has(id)))]))
}
