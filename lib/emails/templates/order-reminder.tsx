import { Action, Layout, Paragraph, Title } from './layout'

export type OrderReminderProps = { name: string; shopName: string; number: number; orderUrl: string }

export function OrderReminder({ name, shopName, number, orderUrl }: OrderReminderProps) {
  return (
    <Layout
      preview={`Your order ${number} has a page of its own.`}
      reason={`You get this letter because you ordered at ${shopName}.`}
    >
      <Title>Your order {number}</Title>
      <Paragraph>
        {name}, a day ago {shopName} confirmed your order. Its page tells how it stands; it can be cancelled there, too.
      </Paragraph>
      <Action href={orderUrl}>Look at the order</Action>
    </Layout>
  )
}
