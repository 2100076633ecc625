import { randomUUID } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { db } from '../db'
import { env } from '../env'
import { log } from '../log'

const DAY_S = 24 * 3_600

function createAuth() {
  const { appUrl, sessionSecret } = env()
  return betterAuth({
    baseURL: appUrl,
    secret: sessionSecret,
    database: prismaAdapter(db(), { provider: 'postgresql' }),
    account: { modelName: 'credential' },
    // Signing up is ours (lib/accounts/sign-up): the library's own can't write the shop and its event in one transaction.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { expiresIn: 30 * DAY_S, updateAge: DAY_S },
    // Its limiter guards its own HTTP doors alone, which are not open; ours are in limits.ts.
    rateLimit: { enabled: false },
    advanced: { cookiePrefix: 'backroom', database: { generateId: () => randomUUID() } },
    telemetry: { enabled: false },
    logger: { log: (level, message) => void (level === 'error' && log.error({ message }, 'login library')) },
  })
}

type Auth = ReturnType<typeof createAuth>

// On globalThis, beside the database that it holds on to.
const shared = globalThis as typeof globalThis & { backroomAuth?: Auth }

/** The login library, set up for this app. */
export function auth(): Auth {
  shared.backroomAuth ??= createAuth()
  return shared.backroomAuth
}

/** Lets it be set up anew; for tests, which bring a database of their own. */
export function forgetAuth(): void {
  shared.backroomAuth = undefined
}

/** The hash of a password, as the login library makes and checks it; about 85 ms of work. */
export async function hashPassword(password: string): Promise<string> {
  const { password: passwords } = await auth().$context
  return passwords.hash(password)
}
