'use client'

import { useRouter } from 'next/navigation'

export function SignOutButton() {
  const router = useRouter()
  const signOut = async () => {
    await fetch('/api/sessions', { method: 'DELETE' })
    router.push('/sign-in')
    router.refresh()
  }
  return (
    <button
      type="button"
      onClick={signOut}
      className="min-h-11 self-start whitespace-nowrap text-quiet hover:text-ink sm:min-h-8"
    >
      Sign out
    </button>
  )
}
