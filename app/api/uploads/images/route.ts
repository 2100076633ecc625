import { z } from 'zod'
import { imageOperations } from '@/lib/events'
import { MOST_BYTES, TOO_MANY_BYTES } from '@/lib/images/check-picture'
import { storeUpload } from '@/lib/images/store-upload'
import { admitActor } from '../../admit-actor'
import { rawDoor } from '../../door'
import { problem, Refusal, wrongFields } from '../../problem'

const OPERATIONS_WORDS = `These should be some of ${imageOperations.join(', ')}, each once, with commas between them.`

const query = z.object({
  product: z.string('Say which product it is a picture of.'),
  operations: z
    .string()
    .default(imageOperations.join(','))
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(imageOperations, OPERATIONS_WORDS)))
    .refine((asked) => new Set(asked).size === asked.length, OPERATIONS_WORDS),
  // Many at once: each is held, and the batch door asks for all of them.
  hold: z.literal('1', 'This should be 1, or not be there.').optional(),
})

const statuses = { 'no product': 404, 'too large': 413, 'wrong type': 422 }

/** Takes a picture in: its bytes are the body, and what to do with it stands in the query. */
export const PUT = rawDoor(async (request, { headers, url, signal }) => {
  const actor = await admitActor(headers)
  const parsed = query.safeParse(Object.fromEntries(url.searchParams))
  if (!parsed.success) return wrongFields(partsOf(parsed.error))
  if (Number(headers.get('content-length') ?? 0) > MOST_BYTES)
    throw new Refusal({ status: 413, title: TOO_MANY_BYTES, fields: { body: TOO_MANY_BYTES } })
  const { product: productId, operations, hold } = parsed.data
  const content = request.body ?? new Blob([]).stream()
  const stored = await storeUpload(actor, { productId, operations, isHeld: hold === '1', content, signal })
  if (stored.ok) return Response.json({ imageId: stored.imageId }, { status: 201 })
  const field = stored.reason === 'no product' ? 'product' : 'body'
  return problem({ status: statuses[stored.reason], title: stored.message, fields: { [field]: stored.message } })
})

/** The first complaint about each part of the query; one of an operation is of all of them. */
function partsOf({ issues }: z.ZodError): Record<string, string> {
  return Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), message]).reverse())
}
