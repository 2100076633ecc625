import { Action, Layout, Paragraph, Title } from './layout'

export type WelcomeProps = { name: string; shopName: string; dashboardUrl: string }

export function Welcome({ name, shopName, dashboardUrl }: WelcomeProps) {
  return (
    <Layout
      preview={`${shopName} is open for work behind the counter.`}
      reason="You get this letter because you signed up."
    >
      <Title>Welcome, {name}</Title>
      <Paragraph>
        {shopName} has its back room now. What is slow or comes round again is done here: imports, reports, reminders.
        You can close the page at any time; the work goes on.
      </Paragraph>
      <Action href={dashboardUrl}>Open the dashboard</Action>
    </Layout>
  )
}
