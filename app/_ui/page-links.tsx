import { ButtonLink } from './button'

/** From one page of a list to the next older one, and back to the newest. */
export function PageLinks({ newest, older }: { newest?: string | null; older: string | null }) {
  if (!newest && !older) return null
  return (
    <nav aria-label="Pages" className="flex gap-2">
      {newest ? (
        <ButtonLink look="quiet" size="small" href={newest}>
          Newest
        </ButtonLink>
      ) : null}
      {older ? (
        <ButtonLink look="quiet" size="small" href={older}>
          Older
        </ButtonLink>
      ) : null}
    </nav>
  )
}
