import { Action, Layout, Paragraph, Title } from './layout'

export const orderOutcomes = ['declined', 'outOfStock', 'cancelled', 'failed', 'refunded'] as const
export type OrderOutcome = (typeof orderOutcomes)[number]

export type OrderNotConfirmedProps = {
  name: string
  shopName: string
  number: number
  orderUrl: string
  outcome: OrderOutcome
  wasPaid: boolean
}

const titles: Record<OrderOutcome, string> = {
  declined: 'Your card was declined',
  outOfStock: 'What you ordered is sold out',
  cancelled: 'Your order is cancelled',
  failed: 'Your order could not be taken',
  refunded: 'Your order is refunded',
}

const reasons: Record<OrderOutcome, string> = {
  declined: 'the bank did not accept the card that you gave. You can order again with another one.',
  outOfStock: 'somebody else was faster, and there is not enough left of what you ordered.',
  cancelled: 'it was cancelled, as was asked for.',
  failed: 'something went wrong on our side. We are sorry; please order again.',
  refunded: 'the shop gives you back what you have paid for it.',
}

export function OrderNotConfirmed({ name, shopName, number, orderUrl, outcome, wasPaid }: OrderNotConfirmedProps) {
  return (
    <Layout
      preview={`Order ${number}: ${titles[outcome]}.`}
      reason={`You get this letter because you ordered at ${shopName}.`}
    >
      <Title>{titles[outcome]}</Title>
      <Paragraph>
        {name}, about your order {number} at {shopName}: {reasons[outcome]}
      </Paragraph>
      <Paragraph>
        {wasPaid
          ? 'The money is on its way back to your card. Your bank may take some days to show it.'
          : 'You have not been charged.'}
      </Paragraph>
      <Action href={orderUrl}>Look at the order</Action>
    </Layout>
  )
}
