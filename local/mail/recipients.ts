/** Addresses at these domains are answered in a way of their own, so that failures can be looked at on purpose. */
export const DOMAINS = { refused: 'refused.test', suppressed: 'suppressed.test', busy: 'busy.test' } as const

type Domain = (typeof DOMAINS)[keyof typeof DOMAINS]

/** How the sandbox answers a letter instead of taking it. */
export type Manner = {
  status: number
  label: string
  message: string
  /** For those that are taken in the end: so many tries are refused, each with the wish to come back later. */
  passing?: { tries: number; retryAfterSeconds: number }
}

const manners: Record<Domain, Manner> = {
  'refused.test': {
    status: 422,
    label: 'validation_error',
    message: 'Letters to this address are refused by the sandbox, on purpose.',
  },
  'suppressed.test': {
    status: 403,
    label: 'validation_error',
    message: 'This address is on the sandbox’s suppression list, on purpose.',
  },
  // About two hours of tries, yet fewer than the functions that send letters have.
  'busy.test': {
    status: 503,
    label: 'internal_server_error',
    message: 'The sandbox takes letters to this address at a later try, on purpose.',
    passing: { tries: 12, retryAfterSeconds: 600 },
  },
}

/** The manner in which letters to these addresses are answered; undefined for those that are simply taken. */
export function mannerOf(addresses: readonly string[]): Manner | undefined {
  for (const address of addresses) {
    const domain = /@([^\s<>@]+?)>?$/.exec(address.trim().toLowerCase())?.[1]
    if (domain && domain in manners) return manners[domain as Domain]
  }
  return undefined
}
