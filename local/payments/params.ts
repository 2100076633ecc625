import { z } from 'zod'
import { type ApiError, invalidRequest } from './api-error'

/** The parameters that the operations are made of; everything comes as text, as in any form. */
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, 'Invalid integer')
  .transform(Number)
export const flag = z.enum(['true', 'false'], 'Invalid boolean').transform((text) => text === 'true')
export const text = z.string().min(1).max(5_000)
/** An empty text takes the value away. */
export const emptyable = z
  .string()
  .max(5_000)
  .transform((value) => value || null)
export const webAddress = text.refine((address) => /^https?:\/\/\S+$/.test(address), 'Not a valid URL')
export const expand = z.array(z.string().max(200)).max(20).default([])
export const cardTypes = z.array(z.enum(['card'], 'The payment sandbox knows the payment method type card only'))

/** 50 keys of up to 40 characters, with values of up to 500; an empty value takes the key away, and an empty whole all of them. */
export const metadata = z
  .record(
    z
      .string()
      .max(40, 'Metadata keys can have up to 40 characters')
      .regex(/^[^[\]]+$/),
    z.string().max(500, 'Metadata values can have up to 500 characters'),
  )
  .or(z.literal('').transform(() => null))
  .default({})

export const page = {
  limit: integer
    .refine((limit) => limit >= 1 && limit <= 100, 'Invalid integer: limit should be from 1 to 100')
    .default(10),
  starting_after: text.optional(),
  ending_before: text.optional(),
  expand,
}

const bound = integer.optional()
export const created = z
  .strictObject({ gt: bound, gte: bound, lt: bound, lte: bound })
  .or(integer.transform((at) => ({ gte: at, lte: at, gt: undefined, lt: undefined })))
  .optional()

/** Merges new metadata into what is there, in Stripe's way. Pure. */
export function mergeMetadata(
  before: Record<string, string>,
  change: Record<string, string> | null,
): Record<string, string> {
  if (!change) return {}
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== ''))
}

/** @throws ApiError that names the first parameter at fault, as Stripe would. */
export function parseParams<P>(schema: z.ZodType<P>, raw: unknown): P {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw issue ? errorOf(issue, raw) : invalidRequest('Invalid request.')
}

function errorOf(issue: z.core.$ZodIssue, raw: unknown): ApiError {
  if (issue.code === 'unrecognized_keys') {
    const param = nameOf([...issue.path, issue.keys[0] ?? ''])
    const message = `Received unknown parameter: ${param}. (The payment sandbox knows a part of Stripe's API.)`
    return invalidRequest(message, { code: 'parameter_unknown', param })
  }
  const param = nameOf(issue.path)
  const given = issue.path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)?.[key], raw)
  if (given === undefined)
    return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
  if (given === '') {
    const message = `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`
    return invalidRequest(message, { code: 'parameter_invalid_empty', param })
  }
  if (issue.message === 'Invalid integer')
    return invalidRequest(`Invalid integer: ${given}`, { code: 'parameter_invalid_integer', param })
  if (issue.message === 'Not a valid URL') return invalidRequest('Not a valid URL', { code: 'url_invalid', param })
  return invalidRequest(`Invalid ${param}: ${issue.message}`, { param })
}

function nameOf([first, ...rest]: readonly PropertyKey[]): string {
  return String(first) + rest.map((key) => `[${String(key)}]`).join('')
}
