import { env } from '../env'

/** The page on which a customer follows their order. */
export function orderUrl(slug: string, publicId: string): string {
  return `${env().appUrl}/s/${slug}/orders/${publicId}`
}

/** Where the payment provider's page leads back to, once a card was given. */
export function returnUrl(publicId: string): string {
  return `${env().appUrl}/api/orders/${publicId}/return`
}

/** The shop's front, where a customer goes who has thought better of it. */
export function shopUrl(slug: string): string {
  return `${env().appUrl}/s/${slug}`
}
