import { ButtonLink } from './_ui/button'

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-4 px-6">
      <h1 className="text-20 font-semibold">This page isn’t here</h1>
      <p className="text-quiet">It may have been moved, or it is not yours to see.</p>
      <div>
        <ButtonLink href="/" look="quiet">
          Go to the start
        </ButtonLink>
      </div>
    </main>
  )
}
