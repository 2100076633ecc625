import { db } from '../db'
import { storage } from '../storage'
import { folderOf, workFolder } from './image-files'
import { PictureError } from './picture-error'

const ON_OUR_SIDE = 'The picture could not be made ready. Remove it and upload it once more.'

/**
 * Notes that a picture won't be ready, and why. A picture that is at fault itself leaves no file; of one that is not, the
 * original stays, so that an operator can have it done again.
 * @param message what the last attempt said.
 * @returns the words for its owner.
 */
export async function failImage(imageId: string, message: string): Promise<string> {
  const isPicture = message.startsWith(PictureError.MARK)
  const failure = isPicture ? message : ON_OUR_SIDE
  const { count } = await db().productImage.updateMany({
    where: { id: imageId, status: { not: 'ready' } },
    data: { status: 'failed', failure },
  })
  if (count > 0) await storage().remove(isPicture ? folderOf(imageId) : workFolder(imageId))
  return isPicture ? message : `${ON_OUR_SIDE} (${message})`
}
