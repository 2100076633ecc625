import type { Chance } from '../support/chance'
import type { Leaf, Node, Workflow } from './workflow'

export const KEYS = ['a', 'b']
export const SIGNALS = ['s1', 's2']
/** Events that only waits and cancellations listen to. */
export const NEWS = ['news/1', 'news/2', 'stop']

const FUNCTIONS = 5

/** Some functions of random steps and random flow control. One invokes, and starts by events, only those after it. */
export function randomWorkflows(chance: Chance): Workflow[] {
  return Array.from({ length: FUNCTIONS }, (_, n) => {
    const later = Array.from({ length: FUNCTIONS - 1 - n }, (_, i) => n + 1 + i)
    let count = 0
    const nextName = () => `step ${++count}`
    return {
      id: `app-f${n}`,
      event: `go/${n}`,
      nodes: randomNodes(chance, chance.between(0, 5), 0, later, nextName),
      throws: chance.is(0.15) ? 1 : 0,
      maxAttempts: chance.between(1, 4),
      checkpoints: chance.is(0.5),
      config: randomControl(chance),
    }
  })
}

function randomNodes(chance: Chance, length: number, depth: number, later: number[], nextName: () => string): Node[] {
  return Array.from({ length }, (): Node => {
    if (depth < 2 && chance.is(0.2)) {
      const branch = () => randomNodes(chance, chance.between(1, 2), depth + 1, later, nextName)
      return { kind: chance.is(0.7) ? 'all' : 'race', branches: Array.from({ length: chance.between(2, 3) }, branch) }
    }
    return randomLeaf(chance, depth, later, nextName())
  })
}

function randomLeaf(chance: Chance, depth: number, later: number[], name: string): Leaf {
  const kind = chance.next()
  if (kind < 0.12) return { kind: 'sleep', name, ms: chance.between(0, 20) * 1_000 }
  if (kind < 0.22) {
    const event = chance.pick(NEWS.slice(0, 2))
    return { kind: 'wait', name, event, timeoutMs: chance.between(1, 20) * 1_000, sameKey: chance.is(0.5) }
  }
  if (kind < 0.27)
    return { kind: 'signal', name, signal: chance.pick(SIGNALS), timeoutMs: chance.between(1, 20) * 1_000 }
  if (kind < 0.35 && later.length > 0) {
    const timeoutMs = chance.is(0.3) ? chance.between(1, 30) * 1_000 : undefined
    return { kind: 'invoke', name, callee: `app-f${chance.pick(later)}`, timeoutMs }
  }
  if (kind < 0.43 && later.length > 0)
    return { kind: 'send', name, events: chance.is(0.5) ? [`go/${chance.pick(later)}`] : [chance.pick(NEWS)] }
  const fails = chance.is(0.3)
  return {
    kind: 'run',
    name,
    failures: fails ? chance.between(1, 4) : 0,
    isFinal: fails && chance.is(0.2),
    // Within a group, one failure would end the function while its other branches are open.
    isCaught: depth > 0 || chance.is(0.5),
  }
}

const key = 'event.data.k'

function randomControl(chance: Chance): Record<string, unknown> {
  const seconds = (least: number, most: number) => `${chance.between(least, most)}s`
  const maybeKey = () => (chance.is(0.6) ? { key } : {})
  const config: Record<string, unknown> = {}
  const start = chance.next()
  if (start < 0.12) return { batchEvents: { maxSize: chance.between(2, 4), timeout: seconds(2, 10), ...maybeKey() } }
  if (start < 0.22) config.singleton = { mode: chance.pick(['skip', 'cancel']), ...maybeKey() }
  else if (start < 0.3) config.debounce = { period: seconds(1, 5), timeout: seconds(8, 15), ...maybeKey() }
  else if (start < 0.38) config.rateLimit = { limit: chance.between(1, 3), period: seconds(5, 30), ...maybeKey() }
  else if (start < 0.43) config.idempotency = 'event.data.once'
  if (chance.is(0.25)) {
    const scope = chance.is(0.3) ? { scope: 'account', key } : maybeKey()
    config.concurrency = [{ limit: chance.between(1, 2), ...scope }]
  }
  if (chance.is(0.15)) {
    const burst = chance.is(0.3) ? { burst: 1 } : {}
    config.throttle = { limit: chance.between(1, 3), period: seconds(4, 10), ...burst, ...maybeKey() }
  }
  if (chance.is(0.15)) config.cancel = [{ event: 'stop', if: 'event.data.k == async.data.k' }]
  if (chance.is(0.1)) config.timeouts = { start: seconds(10, 30), finish: seconds(20, 60) }
  if (chance.is(0.15)) config.priority = { run: 'event.data.k == "a" ? 100 : 0' }
  return config
}
