import { invalidRequest } from './api-error'

/** Parameters as they came: texts, in objects and lists. */
export type Params = { [name: string]: string | Params | (string | Params)[] }

const MOST_FIELDS = 1_000
const DEEPEST = 6

type Branch = Map<string, string | Branch>

/**
 * Reads a form, or a query, in Stripe's way of writing objects and lists: `card[number]=…`, `expand[0]=…`, `expand[]=…`.
 * @throws ApiError where a name is not well formed.
 */
export function decodeForm(text: string): Params {
  const root: Branch = new Map()
  const fields = [...new URLSearchParams(text)]
  if (fields.length > MOST_FIELDS) throw invalidRequest('Too many parameters.')
  for (const [name, value] of fields) place(root, pathOf(name), value, name)
  return plain(root) as Params
}

function pathOf(name: string): string[] {
  const found = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name)
  const path = found
    ? [found[1] ?? '', ...[...(found[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map(([, key]) => key ?? '')]
    : []
  if (path.length === 0 || path.length > DEEPEST || path.includes('__proto__'))
    throw invalidRequest(`Invalid parameter name: ${name}`, { param: name })
  return path
}

function place(root: Branch, path: string[], value: string, name: string): void {
  let branch = root
  for (const key of path.slice(0, -1)) {
    const next = branch.get(key) ?? new Map()
    if (typeof next === 'string') throw invalidRequest(`Invalid object: ${name}`, { param: name })
    branch.set(key, next)
    branch = next
  }
  const last = path.at(-1) ?? ''
  const key = last === '' && path.length > 1 ? String(branch.size) : last
  if (branch.get(key) instanceof Map) throw invalidRequest(`Invalid object: ${name}`, { param: name })
  branch.set(key, value)
}

/** An object whose names are all numbers is a list. */
function plain(branch: Branch): Params | (string | Params)[] {
  const values = [...branch].map(([key, value]) => [key, typeof value === 'string' ? value : plain(value)] as const)
  const isList = values.length > 0 && values.every(([key]) => /^\d+$/.test(key))
  if (!isList) return Object.fromEntries(values) as Params
  return values.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value) as (string | Params)[]
}
