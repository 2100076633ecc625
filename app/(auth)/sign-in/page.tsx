import type { Metadata } from 'next'
import Link from 'next/link'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

export default function SignInPage() {
  return (
    <>
      <h1 className="text-20 font-semibold">Sign in</h1>
      <SignInForm />
      <div className="flex justify-between gap-4 text-quiet">
        <Link className="text-accent underline underline-offset-2" href="/sign-up">
          Sign up
        </Link>
        <Link className="text-accent underline underline-offset-2" href="/reset-password">
          Forgotten the password?
        </Link>
      </div>
    </>
  )
}
