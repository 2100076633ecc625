import { ButtonLink } from '@/app/_ui/button'

/** What is not in the reader's shop. */
export default function NotFound() {
  return (
    <section className="flex flex-col items-start gap-4">
      <div className="flex flex-col gap-1">
        <h1 className="text-20 font-semibold">This page isn’t here</h1>
        <p className="text-quiet">It may have been moved, or it is not of your shop.</p>
      </div>
      <ButtonLink href="/dashboard" look="quiet">
        Go to the dashboard
      </ButtonLink>
    </section>
  )
}
