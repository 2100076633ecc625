import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '../env'
import { Prisma, PrismaClient } from './generated/client'

export { Prisma }
export type Db = PrismaClient
/** A transaction, or the whole database: what a verb that may join another's transaction takes. */
export type Tx = Prisma.TransactionClient

const POOL_SIZE = 10

// On globalThis: pages, routes and instrumentation each have their own instance of this module, and share one pool.
const shared = globalThis as typeof globalThis & { backroomDb?: PrismaClient }

/** The database. The first call connects; one pool serves the whole process. */
export function db(): PrismaClient {
  shared.backroomDb ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: env().databaseUrl, max: POOL_SIZE, application_name: 'backroom-app' }),
  })
  return shared.backroomDb
}

/** Closes the pool; the next `db()` opens another one. */
export async function closeDb(): Promise<void> {
  const open = shared.backroomDb
  shared.backroomDb = undefined
  await open?.$disconnect()
}

/** True for the error of a write that a UNIQUE rule has refused. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}
