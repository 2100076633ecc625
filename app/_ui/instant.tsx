/** An instant in a zone, with the exact one on hover. */
export function Instant({ at, timeZone }: { at: Date; timeZone: string }) {
  const words = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at)
  return (
    <time dateTime={at.toISOString()} title={at.toISOString()} className="whitespace-nowrap">
      {words}
    </time>
  )
}
