import { z } from 'zod'

/** A call that a function asked the engine to make, in the form in which it is kept until it is made. */
export type OutgoingRequest = { url: string; method: string; headers: Record<string, string>; body?: string }

const url = z.url({ protocol: /^https?$/, error: 'url should be an http or https address' })

const method = z
  .string('method should be a text')
  .transform((text) => text.toUpperCase())
  .refine((text) => /^[A-Z-]{1,20}$/.test(text) && !/^(CONNECT|TRAC[EK])$/.test(text), 'method is not one to call by')

const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no header may hold
const unsendable = /[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/

/** What belongs to one connection, or to how a body travels on it, is the engine's own to say. */
const ownHeaders = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

const headers = z
  .record(z.string(), z.union([z.string(), z.array(z.string()).transform((values) => values.join(', '))]))
  .nullish()
  .transform((given) => lowerCased(given ?? {}))
  .refine(
    (given) => Object.entries(given).every(([name, value]) => token.test(name) && !unsendable.test(value)),
    'headers hold a name or a value that can’t be sent',
  )

/** `step.fetch`, as the SDK states it. */
export const fetchOptions = z
  .object({ url, method: method.default('GET'), headers, body: z.string('body should be a text').nullish() })
  .transform(({ url, method, headers, body }): OutgoingRequest => ({ url, method, headers, ...(body ? { body } : {}) }))

/** `step.ai.infer`, as the SDK states it: the provider's own body, and the key that goes with it. */
export const inferenceOptions = z
  .object({
    url,
    headers,
    auth_key: z.string('auth_key should be a text').nullish(),
    format: z.string('format should be a text').nullish(),
    body: z.unknown().optional(),
  })
  .transform(({ url, headers, auth_key: key, format, body }): OutgoingRequest => {
    const own = { 'content-type': 'application/json', ...authorization(format ?? '', key ?? '') }
    return { url, method: 'POST', headers: { ...own, ...headers }, body: JSON.stringify(body ?? {}) }
  })
  .refine(({ headers }) => !Object.values(headers).some((value) => unsendable.test(value)), 'auth_key can’t be sent')

/** How a provider wants to be shown its key. Gemini's stands in the address already. */
function authorization(format: string, key: string): Record<string, string> {
  if (!key || format === 'gemini') return {}
  if (format === 'anthropic') return { 'x-api-key': key }
  if (format === 'azure-openai') return { 'api-key': key }
  return { authorization: `Bearer ${key}` }
}

function lowerCased(given: Record<string, string>): Record<string, string> {
  const entries = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value] as const)
  return Object.fromEntries(entries.filter(([name]) => !ownHeaders.has(name)))
}
