import { buffer } from 'node:stream/consumers'
import { storage } from '../storage'

/** Where all files of an image are: whoever removes it removes that. */
export const folderOf = (imageId: string) => `images/${imageId}`

export const originalKey = (imageId: string) => `${folderOf(imageId)}/original`

/** A file that is served, by its width in pixels. */
export const servedKey = (imageId: string, width: number) => `${folderOf(imageId)}/${width}.webp`

/** What an operation hands to the next one; `index` counts operations from 0. */
export const workFolder = (imageId: string) => `${folderOf(imageId)}/work`
export const workKey = (imageId: string, index: number, width: number) => `${workFolder(imageId)}/${index}/${width}`

/** Removes all files of an image but what was uploaded. */
export async function removeMade(imageId: string): Promise<void> {
  for await (const { key } of storage().list(folderOf(imageId)))
    if (key !== originalKey(imageId)) await storage().remove(key)
  await storage().remove(workFolder(imageId))
}

/** A whole file; pictures are small enough for that. */
export const readFile = (key: string): Promise<Buffer> => buffer(storage().read(key))

export async function writeFile(key: string, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
  await storage().write(key, oneChunk(bytes), signal ? { signal } : {})
}

async function* oneChunk(bytes: Uint8Array) {
  yield bytes
}
