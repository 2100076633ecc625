import { z } from 'zod'
import { startImages } from '@/lib/images/start-images'
import { admitActor } from '../../../admit-actor'
import { door } from '../../../door'

const form = z.object({
  imageIds: z
    .array(z.string(), 'These should be the ids of pictures that were uploaded before.')
    .min(1, 'Name at least one picture.')
    .max(500, '500 pictures at once would be the most.'),
})

/** Asks for the work on many pictures that were uploaded before and held. */
export const POST = door(form, async ({ imageIds }, { headers }) => {
  const actor = await admitActor(headers)
  return Response.json({ started: await startImages(actor, imageIds) }, { status: 202 })
})
