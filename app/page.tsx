import { ButtonLink } from './_ui/button'
import { currentActor } from './guard'

export default async function Home() {
  const actor = await currentActor()
  return (
    <main className="mx-auto flex min-h-dvh max-w-2xl flex-col justify-center gap-8 px-6 py-16">
      <p className="text-13 font-semibold text-quiet">Backroom</p>
      <div className="flex flex-col gap-4">
        <h1 className="text-28 font-semibold text-balance">The work behind the counter, done and never lost</h1>
        <p className="max-w-prose text-16 text-quiet">
          Letters that go out on the right morning, imports that finish though the page is closed, reports that are
          there when the shop opens. Sign up, and the first of it begins at once.
        </p>
      </div>
      <div className="flex flex-wrap gap-3">
        {actor ? (
          <ButtonLink href="/dashboard">Open the dashboard</ButtonLink>
        ) : (
          <>
            <ButtonLink href="/sign-up">Sign up</ButtonLink>
            <ButtonLink href="/sign-in" look="quiet">
              Sign in
            </ButtonLink>
          </>
        )}
      </div>
    </main>
  )
}
