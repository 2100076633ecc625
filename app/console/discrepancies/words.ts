import type { DiscrepancyLine } from '@/lib/reconciliation/discrepancies'

type Words = { title: string; means: string }

/** What each kind of difference means, and what to do about it. */
export const discrepancyWords: Record<DiscrepancyLine['kind'], Words> = {
  unknownCharge: {
    title: 'A charge that we know nothing of',
    means:
      'The provider has taken money that stands in none of our tables. Find out whose it is, and give it back at the provider if it is nobody’s.',
  },
  notCharged: {
    title: 'Paid here, and not at the provider',
    means:
      'The order stands here as paid, but the provider has taken nothing. Ask the customer to pay again, or refund the order.',
  },
  amountDiffers: {
    title: 'Another amount was charged',
    means:
      'The provider has taken another sum than the order’s. Give back what was too much, or ask for what is missing.',
  },
  refundMissing: {
    title: 'Refunded here, and not at the provider',
    means: 'More stands here as given back than the provider has given back. Give the rest back at the provider.',
  },
}
