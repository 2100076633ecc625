import { Action, Layout, Paragraph, Title } from './layout'

export type PasswordResetProps = { name: string; link: string }

export function PasswordReset({ name, link }: PasswordResetProps) {
  return (
    <Layout
      preview="The link works for one hour, and once."
      reason="If you did not ask for this, do nothing: your password stays as it is."
    >
      <Title>Choose a new password</Title>
      <Paragraph>
        {name}, somebody asked for a new password for your account. The link works for one hour, and once.
      </Paragraph>
      <Action href={link}>Choose a new password</Action>
    </Layout>
  )
}
