import type { ASTNode } from '@marcbachmann/cel-js'
import { celValue, plainValue, vocabulary } from './vocabulary'

/** The names an expression may speak of: the run's own event, and the one that has just come. */
export type Scope = { event?: unknown; async?: unknown }

type Compiled = {
  evaluate: (scope: Record<string, unknown>) => unknown
  paths: string[][]
  /** Why it fails whatever the event, if it does. */
  problem: string | undefined
}

const environment = vocabulary()
const cache = new Map<string, Compiled>()
const CACHE_SIZE = 2_000

/**
 * Checks that a text is an expression the engine can evaluate: that it can be read, and knows no name, function or
 * combination of types that would fail whatever the event.
 * @returns what is wrong with it, or undefined.
 */
export function expressionProblem(text: string): string | undefined {
  try {
    return compile(text).problem
  } catch (error) {
    return wordsOf(error)
  }
}

/** True where the expression holds. One that fails (a missing key in a comparison, types that don't fit) does not. */
export function holds(text: string, scope: Scope): boolean {
  return evaluate(text, scope) === true
}

/**
 * The value of an expression as a plain JavaScript value; undefined where it fails.
 * A path that the data doesn't have is null, as the protocol has it, and not an error.
 */
export function evaluate(text: string, scope: Scope): unknown {
  try {
    const compiled = compile(text)
    return plainValue(compiled.evaluate(contextFor(compiled.paths, scope)))
  } catch {
    return undefined
  }
}

function compile(text: string): Compiled {
  const known = cache.get(text)
  if (known) return known
  const parsed = environment.parse(text)
  const { error } = parsed.check()
  const compiled = {
    evaluate: (context: Record<string, unknown>) => parsed(context),
    paths: pathsIn(parsed.ast),
    problem: error && wordsOf(error),
  }
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(text, compiled)
  return compiled
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}

/**
 * The data paths that an expression reads (`event.data.id`), outermost ones only, so that just these are converted
 * and filled in. A path asked for by `has(…)` stays as it is: there, missing must remain missing.
 */
function pathsIn(node: ASTNode): string[][] {
  const paths: string[][] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item)
    if (!isNode(value)) return
    if (value.op === 'call' && value.args[0] === 'has') return
    const path = pathOf(value)
    if (path) paths.push(path)
    else visit(value.args)
  }
  visit(node)
  return paths
}

function pathOf(node: ASTNode): string[] | undefined {
  if (node.op === 'id') return [String(node.args)]
  const key = keyIn(node)
  const path = key === undefined ? undefined : pathOf((node.args as [ASTNode, unknown])[0])
  return path && key !== undefined ? [...path, key] : undefined
}

/** The key by which a node reads a map: `event.data` and `event["data"]` alike. */
function keyIn(node: ASTNode): string | undefined {
  if (node.op === '.') return node.args[1]
  if (node.op !== '[]' || node.args[1].op !== 'value') return undefined
  const { args: key } = node.args[1]
  return typeof key === 'string' ? key : undefined
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}

function contextFor(paths: string[][], scope: Scope): Record<string, unknown> {
  const context: Record<string, unknown> = {
    event: celValue(scope.event ?? null),
    async: celValue(scope.async ?? null),
    vars: {},
  }
  for (const path of paths) fillIn(context, path)
  return context
}

function fillIn(context: Record<string, unknown>, path: string[]): void {
  let here: unknown = context
  for (const [i, key] of path.entries()) {
    if (typeof here !== 'object' || here === null) return
    const record = here as Record<string, unknown>
    const isLeaf = i === path.length - 1
    if (!Object.hasOwn(record, key) || (record[key] === null && !isLeaf)) record[key] = isLeaf ? null : {}
    here = record[key]
  }
}
