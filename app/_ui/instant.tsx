import { Ago } from './ago'

/** An instant in a zone, with the exact one on hover. */
export function Instant({ at, timeZone }: { at: Date; timeZone: string }) {
  const words = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at)
  return (
    <time dateTime={at.toISOString()} title={at.toISOString()} className="whitespace-nowrap">
      {words}
    </time>
  )
}

/** An instant as the time since it, or until it, with the exact one on hover. */
export function Since({ at, now, timeZone }: { at: Date; now: Date; timeZone: string }) {
  const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone }).format(at)
  return <Ago at={at.getTime()} now={now.getTime()} exact={exact} />
}
