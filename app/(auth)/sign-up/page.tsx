import type { Metadata } from 'next'
import Link from 'next/link'
import { SignUpForm } from './sign-up-form'

export const metadata: Metadata = { title: 'Sign up' }

export default function SignUpPage() {
  return (
    <>
      <h1 className="text-20 font-semibold">Sign up</h1>
      <SignUpForm timeZones={Intl.supportedValuesOf('timeZone')} />
      <p className="text-quiet">
        Signed up already?{' '}
        <Link className="text-accent underline underline-offset-2" href="/sign-in">
          Sign in
        </Link>
      </p>
    </>
  )
}
