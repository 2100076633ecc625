import { db } from '../db'
import type { ProductImageStatus } from '../db/generated/client'
import { isWorkedOn } from '../runs/is-worked-on'
import { storage } from '../storage'
import { folderOf, removeMade } from './image-files'
import { isPictureError } from './picture-error'

const ON_OUR_SIDE = 'The picture could not be made ready. Remove it and upload it once more.'
const STOPPED = 'The work on this picture was stopped. Remove it and upload it once more.'
const open: ProductImageStatus[] = ['queued', 'processing']

/**
 * Notes that a picture won't be ready, and why. A picture that is at fault itself leaves no file; of one that is not, the
 * original stays, so that an operator can have it done again.
 * @param error what the last attempt has thrown.
 * @returns the words for its run.
 */
export async function failImage(imageId: string, error: unknown): Promise<string> {
  const from: ProductImageStatus[] = [...open, 'failed']
  if (isPictureError(error)) {
    if (await note(imageId, error.message, from)) await storage().remove(folderOf(imageId))
    return error.message
  }
  if (await note(imageId, ON_OUR_SIDE, from)) await removeMade(imageId)
  return `${ON_OUR_SIDE} (${error instanceof Error ? error.message : String(error)})`
}

/**
 * Notes that nobody works on a picture any more: its run was cancelled, or has ended without a word. The original stays.
 * @param runId the run that has ended. Another one that is under way goes on with the picture.
 */
export async function abandonImage(imageId: string, runId?: string): Promise<void> {
  if (await isWorkedOn(`image/${imageId}`, runId)) return
  if (await note(imageId, STOPPED, open)) await removeMade(imageId)
}

async function note(id: string, failure: string, from: ProductImageStatus[]): Promise<boolean> {
  const where = { id, status: { in: from } }
  const { count } = await db().productImage.updateMany({ where, data: { status: 'failed', failure } })
  return count > 0
}
