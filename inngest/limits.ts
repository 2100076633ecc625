/**
 * Functions that call a provider sit out an outage of it: 14 retries are about two hours of our growing waits, and a
 * finish timeout far beyond that ends only what is stuck.
 */
export const PROVIDER_RETRIES = { retries: 14 } as const
