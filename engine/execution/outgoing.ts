import { z } from 'zod'

/** A call that a function asked the engine to make. */
export const outgoingRequest = z.object({
  url: z.url({ protocol: /^https?$/, error: 'url should be an http or https address' }),
  method: z.string().default('GET'),
  headers: z
    .record(z.string(), z.union([z.string(), z.array(z.string()).transform((values) => values.join(', '))]))
    .nullish(),
  body: z.string().nullish(),
})
