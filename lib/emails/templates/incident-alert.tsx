import { Action, Layout, Paragraph, Title } from './layout'

export type IncidentAlertProps = {
  title: string
  subject: string
  message: string
  means: string
  toDo: string
  /** When it was found, and when it was found to be over; in words, by UTC. */
  openedAt: string
  closedAt: string | null
  incidentsUrl: string
}

export function IncidentAlert(props: IncidentAlertProps) {
  const { title, subject, message, means, toDo, openedAt, closedAt, incidentsUrl } = props
  return (
    <Layout
      preview={closedAt ? `Over: ${title} (${subject})` : message}
      reason="You get this letter because you are an operator. It comes once when something goes wrong, and once when it is over."
    >
      <Title>{closedAt ? `Over: ${title}` : title}</Title>
      <Paragraph>{message}</Paragraph>
      {closedAt ? (
        <Paragraph>
          It was found on {openedAt}, and found to be over on {closedAt}. There is nothing more to do about it.
        </Paragraph>
      ) : (
        <>
          <Paragraph>{means}</Paragraph>
          <Paragraph>{toDo}</Paragraph>
          <Paragraph>It was found on {openedAt}.</Paragraph>
        </>
      )}
      <Action href={incidentsUrl}>{closedAt ? 'Look at all incidents' : 'Look at it'}</Action>
    </Layout>
  )
}
