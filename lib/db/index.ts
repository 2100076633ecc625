import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '../env'
import { Prisma, PrismaClient } from './generated/client'

export { Prisma }
export type Db = PrismaClient
/** A transaction, or the whole database: what a verb that may join another's transaction takes. */
export type Tx = Prisma.TransactionClient

const POOL_SIZE = 10
/** One connection writes the run ledger, one asks after silent runs; neither takes one from the visitors. */
const LEDGER_POOL_SIZE = 2

// On globalThis: pages, routes and instrumentation each have their own instance of this module, and share the pools.
const shared = globalThis as typeof globalThis & { backroomDb?: PrismaClient; backroomLedgerDb?: PrismaClient }

/** The database. The first call connects; one pool serves the whole process. */
export function db(): PrismaClient {
  shared.backroomDb ??= open(POOL_SIZE, 'backroom-app')
  return shared.backroomDb
}

/** The same database, by the small pool that is the run ledger's own. */
export function ledgerDb(): PrismaClient {
  shared.backroomLedgerDb ??= open(LEDGER_POOL_SIZE, 'backroom-ledger')
  return shared.backroomLedgerDb
}

/** Closes the pools; the next `db()` opens another one. */
export async function closeDb(): Promise<void> {
  const pools = [shared.backroomDb, shared.backroomLedgerDb]
  shared.backroomDb = undefined
  shared.backroomLedgerDb = undefined
  await Promise.all(pools.map((pool) => pool?.$disconnect()))
}

/** True for the error of a write that a UNIQUE rule has refused. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}

/**
 * In milliseconds: so long a transaction waits for a connection, and so long it may take. Prisma's own 2 s and 5 s are passed
 * by on a small machine whose visitors come all at once, and who is turned away then would rather have waited.
 */
const TRANSACTION_LIMITS = { maxWait: 10_000, timeout: 15_000 }

function open(max: number, application_name: string): PrismaClient {
  const adapter = new PrismaPg({ connectionString: env().databaseUrl, max, application_name })
  return new PrismaClient({ adapter, transactionOptions: TRANSACTION_LIMITS })
}
