import { sweepImages } from '../images/sweep-images'
import { sweepImports } from '../imports/sweep-imports'
import { sweepStorage } from '../storage/sweep-storage'
import type { Removal } from './removal'

// Files have no index to take some from: each of these looks at all of them, in small batches of its own.

export const importLeftovers: Removal = {
  kind: 'import-leftovers',
  removeSome: async ({ at }) => sum(await sweepImports(at)),
}

export const pictureLeftovers: Removal = {
  kind: 'picture-leftovers',
  removeSome: async ({ at }) => sum(await sweepImages(at)),
}

export const unfinishedUploads: Removal = {
  kind: 'unfinished-uploads',
  removeSome: ({ at }) => sweepStorage(at),
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0)
