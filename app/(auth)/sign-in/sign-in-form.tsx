'use client'

import { useRouter } from 'next/navigation'
import { TextField } from '@/app/_ui/field'
import { useJsonForm } from '@/app/_ui/use-json-form'
import { FormEnd } from '../form-end'

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
      <FormEnd problem={message} isPending={isPending} verb="Sign in" doing="Signing in…" />
    </form>
  )
}
