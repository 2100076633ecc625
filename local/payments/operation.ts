import type { z } from 'zod'
import type { ApiError } from './api-error'
import type { Params } from './form'
import { parseParams } from './params'
import type { World } from './world'

/** What an operation comes to: an answer, or a refusal that is itself a fact, such as a declined charge. */
export type Outcome = { body: object } | { refusal: ApiError }

/** One thing that the API can do, begun for one request: its parameters are right. */
export type Begun = {
  /** Ids of what it works on; nobody else may meanwhile. */
  locks: string[]
  expand: string[]
  /** @throws ApiError where nothing was done. */
  run: (world: World) => Outcome
}

export type Operation = {
  /** As the SDK has it, such as `payment_intents.confirm`. */
  name: string
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  /** @throws ApiError that names the parameter at fault. */
  begin: (id: string, raw: Params) => Begun
}

type Definition<P extends { expand?: string[] }> = {
  name: string
  /** Method and path, with `:id` for the one thing that it may name. */
  door: `${'GET' | 'POST' | 'DELETE'} /v1/${string}`
  params: z.ZodType<P>
  locks?: (id: string, params: P) => string[]
  run: (world: World, params: P, id: string) => Outcome
}

/** An operation of the API; its own types end here. What changes a thing that its path names, has it for itself. */
export function operation<P extends { expand?: string[] }>(definition: Definition<P>): Operation {
  const { name, door, params: schema, run } = definition
  const [method, path] = door.split(' ') as [Operation['method'], string]
  const locks = definition.locks ?? ((id: string) => (id && method !== 'GET' ? [id] : []))
  return {
    name,
    method,
    path,
    begin: (id, raw) => {
      const params = parseParams(schema, raw)
      return { locks: locks(id, params), expand: params.expand ?? [], run: (world) => run(world, params, id) }
    },
  }
}

/** Which operation a request asks for, and the id in its path. */
export function findOperation(
  operations: readonly Operation[],
  method: string | undefined,
  pathname: string,
): { operation: Operation; id: string } | undefined {
  const parts = pathname.split('/')
  for (const operation of operations) {
    const wanted = operation.path.split('/')
    if (operation.method !== method || wanted.length !== parts.length) continue
    if (!wanted.every((part, at) => part === ':id' || part === parts[at])) continue
    return { operation, id: parts[wanted.indexOf(':id')] ?? '' }
  }
  return undefined
}
