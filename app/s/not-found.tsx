import { ButtonLink } from '../_ui/button'

/** A shop that isn't there. */
export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-4 px-6">
      <h1 className="text-20 font-semibold">There is no shop at this address</h1>
      <p className="text-quiet">Look at the address again: a letter may be missing. The shop may also have moved.</p>
      <div>
        <ButtonLink href="/" look="quiet">
          Go to the start
        </ButtonLink>
      </div>
    </main>
  )
}
