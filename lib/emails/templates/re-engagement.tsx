import { Link } from 'react-email'
import { Action, Layout, Paragraph, Title } from './layout'

export type ReEngagementProps = { name: string; shopName: string; dashboardUrl: string; unsubscribeUrl: string }

export function ReEngagement({ name, shopName, dashboardUrl, unsubscribeUrl }: ReEngagementProps) {
  return (
    <Layout
      preview={`${shopName} is where you left it.`}
      reason={
        <>
          You get this letter once, because you signed up and have not been back.{' '}
          <Link href={unsubscribeUrl}>No more of these</Link>
        </>
      }
    >
      <Title>{shopName} is where you left it</Title>
      <Paragraph>
        {name}, you signed up a few days ago and have not been back since. Everything is still there. If something stood
        in the way, answer this letter: a person reads it.
      </Paragraph>
      <Action href={dashboardUrl}>Pick up where you left off</Action>
    </Layout>
  )
}
