import { invalidRequest } from './api-error'
import type { Outcome } from './operation'

export type PageParams = { limit: number; starting_after?: string; ending_before?: string }
export type CreatedParams = { gt?: number; gte?: number; lt?: number; lte?: number } | undefined

/**
 * One page of a list that is sorted newest first. Pure.
 * @throws ApiError where the page's edge is not in the list.
 */
export function pageOf<T extends { id: string }>(all: T[], url: string, params: PageParams): Outcome {
  const { limit, starting_after: after, ending_before: before } = params
  if (after && before)
    throw invalidRequest('You may only specify one of these parameters: starting_after, ending_before.')
  const edge = after ?? before
  const at = edge ? all.findIndex(({ id }) => id === edge) : -1
  if (edge && at < 0) {
    const param = after ? 'starting_after' : 'ending_before'
    throw invalidRequest(`No such object: '${edge}'`, { code: 'resource_missing', param })
  }
  const rest = before ? all.slice(0, at) : all.slice(at + 1)
  const data = before ? rest.slice(-limit) : rest.slice(0, limit)
  return { body: { object: 'list', data, has_more: rest.length > limit, url } }
}

export function isWithin(created: number, bounds: CreatedParams): boolean {
  const { gt = -1, gte = 0, lt = Number.POSITIVE_INFINITY, lte = Number.POSITIVE_INFINITY } = bounds ?? {}
  return created > gt && created >= gte && created < lt && created <= lte
}
