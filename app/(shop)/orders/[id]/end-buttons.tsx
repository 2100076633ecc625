'use client'

import { ActDialog } from '@/app/_ui/act-dialog'
import { cancel, refund } from '../actions'

type Props = { orderId: string; number: number; customerName: string; isCharged: boolean; sum: string }

/**
 * What brings an order to its end before its time.
 * @param sum what would be given back, or would have been charged.
 */
export function EndButtons({ orderId, number, customerName, isCharged, sum }: Props) {
  const face = { look: 'quiet', size: 'small', input: { orderId }, isDanger: true } as const
  const order = `order #${number} of ${customerName}`
  return (
    <>
      {isCharged ? (
        <ActDialog
          {...face}
          trigger="Refund…"
          title={`Refund ${sum} for ${order}?`}
          description={`${sum} goes back to the customer’s card, and the pieces go back to the stock: for goods that have come back. ${customerName} is told by a letter.`}
          verb={`Refund ${sum}`}
          doing="Refunding…"
          act={refund}
        />
      ) : null}
      <ActDialog
        {...face}
        trigger="Cancel…"
        title={`Cancel ${order}?`}
        description={
          isCharged
            ? `${sum} goes back to the customer’s card, and the pieces go back to the stock: for an order that will not be sent. ${customerName} is told by a letter.`
            : `Nothing is charged for it from now on: were the ${sum} taken at this moment, they would go back to the card. What is reserved for it is free again.`
        }
        verb="Cancel the order"
        doing="Cancelling…"
        act={cancel}
      />
    </>
  )
}
