import { env } from '../env'
import { type Limited, takeLimits } from '../take-limits'

const QUARTER_HOUR_S = 15 * 60
const HOUR_S = 3_600

/** Counts a try to sign in, under the email and under the address; either may be used up. */
export function takeSignIn(email: string, address: string): Promise<Limited> {
  const points = env().limits.signInsPerQuarterHour
  return takeLimits([
    ['sign-in-email', email, points, QUARTER_HOUR_S],
    ['sign-in-address', address, points * 5, QUARTER_HOUR_S],
  ])
}

/** Counts a sign-up under the address. */
export function takeSignUp(address: string): Promise<Limited> {
  return takeLimits([['sign-up-address', address, env().limits.signUpsPerHour, HOUR_S]])
}

/** Counts a letter with a secret link that somebody asks for. */
export function takeSecretLetter(email: string, address: string): Promise<Limited> {
  return takeLimits([
    ['secret-letter-email', email, 5, HOUR_S],
    ['secret-letter-address', address, 25, HOUR_S],
  ])
}
