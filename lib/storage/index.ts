import { join } from 'node:path'
import { env } from '../env'
import { folderStorage } from './folder'
import type { Storage } from './storage'

export { type Storage, type StoredFile, TooLargeError } from './storage'

/** Where what people upload is kept: a folder beside the database's own. */
export function storage(): Storage {
  return folderStorage(join(env().dataDir, 'files'))
}
