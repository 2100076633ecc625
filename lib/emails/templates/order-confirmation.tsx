import { Action, Layout, Paragraph, Title } from './layout'

export type OrderConfirmationProps = {
  name: string
  shopName: string
  number: number
  orderUrl: string
  items: { title: string; quantity: number; total: string }[]
  total: string
}

export function OrderConfirmation({ name, shopName, number, orderUrl, items, total }: OrderConfirmationProps) {
  return (
    <Layout
      preview={`${shopName} has your order ${number}, and it is paid.`}
      reason={`You get this letter because you ordered at ${shopName}.`}
    >
      <Title>Your order {number} is confirmed</Title>
      <Paragraph>
        Thank you, {name}. {shopName} has your order, and it is paid.
      </Paragraph>
      {items.map(({ title, quantity, total: itemTotal }) => (
        <Paragraph key={title}>
          {quantity} × {title}: {itemTotal}
        </Paragraph>
      ))}
      <Paragraph>Together: {total}</Paragraph>
      <Action href={orderUrl}>Look at the order</Action>
    </Layout>
  )
}
