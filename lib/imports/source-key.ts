/** Where an import's file is in the storage. */
export const sourceKey = (importId: string) => `imports/${importId}/source.csv`
