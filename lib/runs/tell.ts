import type { Prisma } from '../db'

/** The channel on which every process hears which runs have news. */
export const CHANNEL = 'run_ledger'

/** A notification holds 8,000 bytes at most; an id has 26. */
const IDS_PER_NOTIFICATION = 200

/** Tells whoever listens, in any process, that these runs have news; heard once the caller's transaction is committed. */
export async function tellRuns(tx: Pick<Prisma.TransactionClient, '$executeRaw'>, runIds: string[]): Promise<void> {
  for (let from = 0; from < runIds.length; from += IDS_PER_NOTIFICATION)
    await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, ${runIds.slice(from, from + IDS_PER_NOTIFICATION).join(' ')})`
}
