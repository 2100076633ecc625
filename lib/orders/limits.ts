import { env } from '../env'
import { type Limited, takeLimits } from '../take-limits'

const HOUR_S = 3_600

/** Counts an order at a checkout under the address that it comes from. */
export function takeCheckout(address: string): Promise<Limited> {
  return takeLimits([['checkout-address', address, env().limits.checkoutsPerHour, HOUR_S]])
}

/** Counts a customer's wish to cancel an order, under the address that it comes from. */
export function takeOrderCancel(address: string): Promise<Limited> {
  return takeLimits([['order-cancel-address', address, env().limits.checkoutsPerHour, HOUR_S]])
}
