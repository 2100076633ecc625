import { Action, Layout, Paragraph, Title } from './layout'

export type DeadLetterAlertProps = { functionId: string; message: string; groupUrl: string }

export function DeadLetterAlert({ functionId, message, groupUrl }: DeadLetterAlertProps) {
  return (
    <Layout
      preview={`${functionId}: ${message}`}
      reason="You get this letter because you are an operator. It comes once for each new cause."
    >
      <Title>{functionId} fails in a new way</Title>
      <Paragraph>A run has used up its attempts and needs a decision. The error says:</Paragraph>
      <Paragraph>“{message}”</Paragraph>
      <Paragraph>Nothing is lost: its payload is kept, and it can be replayed as it was or with edited data.</Paragraph>
      <Action href={groupUrl}>Look at it</Action>
    </Layout>
  )
}
