'use client'

import { useState } from 'react'
import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { useJsonForm } from '@/app/_ui/use-json-form'
import { FormEnd } from '../form-end'
import { NewPasswordField } from '../new-password-field'

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
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-2">
      <input type="hidden" name="token" value={token} />
      <NewPasswordField label="New password" error={fields.password} />
      <FormEnd problem={fields.token ?? message} isPending={isPending} verb="Set the password" doing="Saving…" />
    </form>
  )
}
