'use client'

import { useRouter } from 'next/navigation'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { useJsonForm } from '@/app/_ui/use-json-form'

export function SignInForm() {
  const router = useRouter()
  const { submit, fields, message, isPending } = useJsonForm('/api/sessions', () => router.push('/dashboard'))
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-2">
      <TextField label="Email address" name="email" type="email" autoComplete="email" required error={fields.email} />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={fields.password}
      />
      {message ? <Notice kind="bad">{message}</Notice> : null}
      <Button type="submit" disabled={isPending}>
        {isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}
