'use client'

import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { useJsonForm } from '@/app/_ui/use-json-form'

export function RequestForm() {
  const [isAsked, setAsked] = useState(false)
  const { submit, fields, message, isPending } = useJsonForm('/api/password-resets', () => setAsked(true))
  if (isAsked)
    return <Notice kind="good">If somebody has signed up with this address, a letter is on its way to it.</Notice>
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-2">
      <p className="pb-2 text-quiet">We send a letter with a link. It works for one hour, and once.</p>
      <TextField label="Email address" name="email" type="email" autoComplete="email" required error={fields.email} />
      {message ? <Notice kind="bad">{message}</Notice> : null}
      <Button type="submit" disabled={isPending}>
        {isPending ? 'Asking…' : 'Send the letter'}
      </Button>
    </form>
  )
}
