import type { Metadata } from 'next'
import { NewPasswordForm } from './new-password-form'
import { RequestForm } from './request-form'

export const metadata: Metadata = { title: 'Choose a new password', referrer: 'no-referrer' }

export default async function ResetPasswordPage({ searchParams }: PageProps<'/reset-password'>) {
  const { token } = await searchParams
  return (
    <>
      <h1 className="text-20 font-semibold">Choose a new password</h1>
      {typeof token === 'string' ? <NewPasswordForm token={token} /> : <RequestForm />}
    </>
  )
}
