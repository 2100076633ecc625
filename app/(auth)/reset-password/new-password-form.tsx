'use client'

import { useState } from 'react'
import { Button, ButtonLink } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { useJsonForm } from '@/app/_ui/use-json-form'

export function NewPasswordForm({ token }: { token: string }) {
  const [isDone, setDone] = useState(false)
  const { submit, fields, message, isPending } = useJsonForm('/api/password-resets/complete', () => setDone(true))
  if (isDone)
    return (
      <>
        <Notice kind="good">The new password is set. Whoever was signed in with the old one is not any more.</Notice>
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </>
    )
  const problem = fields.token ?? message
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-2">
      <input type="hidden" name="token" value={token} />
      <TextField
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="At least 10 characters."
        required
        error={fields.password}
      />
      {problem ? <Notice kind="bad">{problem}</Notice> : null}
      <Button type="submit" disabled={isPending}>
        {isPending ? 'Saving…' : 'Set the password'}
      </Button>
    </form>
  )
}
