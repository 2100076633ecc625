import { ButtonLink } from './button'

/**
 * From one page of a list to the next older one, and back to the newest.
 * @param names what the two are called in a list that is not sorted by time.
 */
export function PageLinks({
  newest,
  older,
  names = { newest: 'Newest', older: 'Older' },
}: {
  newest?: string | null
  older: string | null
  names?: { newest: string; older: string }
}) {
  if (!newest && !older) return null
  return (
    <nav aria-label="Pages" className="flex gap-2">
      {newest ? (
        <ButtonLink look="quiet" size="small" href={newest}>
          {names.newest}
        </ButtonLink>
      ) : null}
      {older ? (
        <ButtonLink look="quiet" size="small" href={older}>
          {names.older}
        </ButtonLink>
      ) : null}
    </nav>
  )
}
