/** All that an import keeps in the storage. */
export const folderOf = (importId: string) => `imports/${importId}`

/** Where an import's file is in the storage. */
export const sourceKey = (importId: string) => `${folderOf(importId)}/source.csv`
