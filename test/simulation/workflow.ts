import { createHash } from 'node:crypto'

/** A step of a simulated function. */
export type Leaf =
  /** Fails so many times before it succeeds; `isFinal`: its failure is said to be final; `isCaught`: the function goes on. */
  | { kind: 'run'; name: string; failures: number; isFinal: boolean; isCaught: boolean }
  | { kind: 'send'; name: string; events: string[] }
  | { kind: 'sleep'; name: string; ms: number }
  | { kind: 'wait'; name: string; event: string; timeoutMs: number; sameKey: boolean }
  | { kind: 'signal'; name: string; signal: string; timeoutMs: number }
  | { kind: 'invoke'; name: string; callee: string; timeoutMs: number | undefined }

export type Node = Leaf | { kind: 'all' | 'race'; branches: Node[][] }

export type Workflow = {
  id: string
  event: string
  nodes: Node[]
  /** So many attempts of the function itself throw outside any step. */
  throws: number
  maxAttempts: number
  /** Saves its steps in the middle of a call. */
  checkpoints: boolean
  /** Its flow control, as the SDK registers it. */
  config: Record<string, unknown>
}

/** Steps by id, as a call carries them, and the order in which they were done. */
export type Memo = { steps: Record<string, unknown>; stack: string[] }

/** How far a function gets with a memo. */
export type Progress = {
  /** Steps that it has come to and that have no result. */
  open: Leaf[]
  /** Its value once it has returned; or the step whose failure it did not catch. */
  end: { value: string[] } | { failedBy: string } | undefined
}

export function stepIdOf({ name }: Leaf): string {
  return createHash('sha1').update(name).digest('hex')
}

type Way = { open: Leaf[]; value: string[]; isDone: boolean; failedBy?: string; doneAt: number }

/** What the function does with this memo; pure, like a replay of real code. */
export function follow({ nodes }: Workflow, memo: Memo): Progress {
  const way = sequence(nodes, memo)
  if (way.failedBy) return { open: way.open, end: { failedBy: way.failedBy } }
  return { open: way.open, end: way.isDone ? { value: way.value } : undefined }
}

function sequence(nodes: Node[], memo: Memo): Way {
  const so: Way = { open: [], value: [], isDone: true, doneAt: -1 }
  for (const node of nodes) {
    const next = 'branches' in node ? together(node, memo) : alone(node, memo)
    so.open.push(...next.open)
    so.value.push(...next.value)
    so.doneAt = Math.max(so.doneAt, next.doneAt)
    if (next.failedBy) return { ...so, isDone: false, failedBy: next.failedBy }
    if (!next.isDone) return { ...so, isDone: false }
  }
  return so
}

/** All branches, or the one that is there first; the others of a race go on beside what follows. */
function together({ kind, branches }: Extract<Node, { branches: Node[][] }>, memo: Memo): Way {
  const ways = branches.map((branch) => sequence(branch, memo))
  const open = ways.flatMap((way) => way.open)
  const done = ways.filter((way) => way.isDone)
  if (kind === 'all') {
    const isDone = done.length === ways.length
    const doneAt = Math.max(...ways.map((way) => way.doneAt))
    return { open, value: isDone ? ways.flatMap((way) => way.value) : [], isDone, doneAt }
  }
  const first = done.toSorted((a, b) => a.doneAt - b.doneAt)[0]
  return first ? { ...first, open } : { open, value: [], isDone: false, doneAt: -1 }
}

function alone(leaf: Leaf, { steps, stack }: Memo): Way {
  const id = stepIdOf(leaf)
  if (!(id in steps)) return { open: [leaf], value: [], isDone: false, doneAt: -1 }
  const result = steps[id]
  const isError = leaf.kind !== 'wait' && typeof result === 'object' && result !== null && 'error' in result
  const mustFail = isError && leaf.kind === 'run' && !leaf.isCaught
  const value = [`${leaf.name}=${isError ? 'error' : shownResult(leaf, result)}`]
  return { open: [], value, isDone: !mustFail, doneAt: stack.indexOf(id), ...(mustFail ? { failedBy: leaf.name } : {}) }
}

function shownResult(leaf: Leaf, result: unknown): string {
  if (leaf.kind === 'sleep') return 'slept'
  if (leaf.kind === 'wait' || leaf.kind === 'signal') return result === null ? 'nothing' : 'came'
  return JSON.stringify((result as { data: unknown }).data)
}
