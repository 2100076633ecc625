import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import type { BasketPrices } from './use-priced-basket'

/** Why the prices could not be asked for, and a way to try again. */
export function PricesProblem({ prices: { problem, askAgain } }: { prices: BasketPrices }) {
  if (!problem) return null
  return (
    <>
      <Notice kind="bad">{problem}</Notice>
      <Button look="quiet" onClick={askAgain}>
        Try again
      </Button>
    </>
  )
}
