import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { type Actor, findActor } from '@/lib/auth/actor'
import { refreshClock } from '@/lib/clock'

/** Who asks for this page; read once a request. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  // First: asking for them is what tells Next that such a page is made anew for each request.
  const requestHeaders = await headers()
  await refreshClock()
  return findActor(requestHeaders)
})

/** The signed-in person; a visitor is shown to the sign-in page. */
export async function requireActor(): Promise<Actor> {
  return (await currentActor()) ?? redirect('/sign-in')
}

/** The signed-in operator; for anybody else the page isn't there. */
export async function requireOperator(): Promise<Actor> {
  const actor = await requireActor()
  return actor.isOperator ? actor : notFound()
}
