import { NonRetriableError, RetryAfterError } from 'inngest'
import { type ErrorResponse, Resend } from 'resend'
import { env } from '../env'

/** The sandbox takes any key of this shape. */
const SANDBOX_KEY = 're_sandbox'

/** Refusals that pass by themselves, or by mending our own settings; the letter itself is not at fault. */
const passing = new Set<string>([
  'rate_limit_exceeded',
  'daily_quota_exceeded',
  'monthly_quota_exceeded',
  'concurrent_idempotent_requests',
  'application_error',
  'internal_server_error',
  'missing_api_key',
  'invalid_api_key',
  'restricted_api_key',
  'invalid_access',
  'security_error',
])

/** The official client, for the real Resend or for the sandbox that stands in for it. */
export function resendClient(): Resend {
  const { resendApiKey, resendBaseUrl } = env().email
  return new Resend(resendApiKey ?? SANDBOX_KEY, resendBaseUrl ? { baseUrl: resendBaseUrl } : {})
}

/** True where the provider has read the letter and will never take it. */
export function isRefusal({ name, statusCode }: ErrorResponse): boolean {
  if (passing.has(name)) return false
  return statusCode !== null && statusCode >= 400 && statusCode < 500 && statusCode !== 429 && statusCode !== 408
}

/**
 * Resend's SDK returns errors, and thrown is what makes a step try again.
 * @param now the business time that `retry-after` counts from.
 */
export function thrownError(error: ErrorResponse, headers: Record<string, string> | null, now: Date): Error {
  const message = `Resend: ${error.message}`
  if (isRefusal(error)) return new NonRetriableError(message)
  const seconds = Number(headers?.['retry-after'])
  if (seconds > 0) return new RetryAfterError(message, new Date(now.getTime() + seconds * 1_000))
  return new Error(message)
}
