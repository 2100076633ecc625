import { Action, Layout, Paragraph, Title } from './layout'

export type TipsProps = { name: string; shopName: string; dashboardUrl: string }

export function GettingStartedTips({ name, shopName, dashboardUrl }: TipsProps) {
  return (
    <Layout
      preview="Three things worth doing on the first day."
      reason="You get this letter because you signed up yesterday."
    >
      <Title>Three things for the first day</Title>
      <Paragraph>{name}, shops that do these early have an easier first week:</Paragraph>
      <Paragraph>1. Check the time zone of {shopName}: its days, and so its reports, begin there.</Paragraph>
      <Paragraph>2. Confirm your email address, so that we can reach you if something needs you.</Paragraph>
      <Paragraph>3. Look at the dashboard once: it tells what was done for you, and what comes next.</Paragraph>
      <Action href={dashboardUrl}>Go to the dashboard</Action>
    </Layout>
  )
}
