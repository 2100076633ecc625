import type { Metadata } from 'next'
import { Notice } from '@/app/_ui/notice'
import { VerifyForm } from './verify-form'

export const metadata: Metadata = { title: 'Confirm your address', referrer: 'no-referrer' }

export default async function VerifyEmailPage({ searchParams }: PageProps<'/verify-email'>) {
  const { token } = await searchParams
  return (
    <>
      <h1 className="text-20 font-semibold">Confirm your address</h1>
      {typeof token === 'string' ? <VerifyForm token={token} /> : <Notice kind="bad">The link is not complete.</Notice>}
    </>
  )
}
