import { Action, Layout, Paragraph, Title } from './layout'

export type VerifyEmailProps = { name: string; link: string }

export function VerifyEmail({ name, link }: VerifyEmailProps) {
  return (
    <Layout
      preview="One press, and we know that letters reach you."
      reason="If you did not sign up, do nothing; no more letters will come."
    >
      <Title>Is this your address?</Title>
      <Paragraph>{name}, please confirm that letters reach you here. The link works for seven days.</Paragraph>
      <Action href={link}>Confirm this address</Action>
    </Layout>
  )
}
