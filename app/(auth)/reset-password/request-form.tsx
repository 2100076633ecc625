'use client'

import { useState } from 'react'
import { TextField } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { useJsonForm } from '@/app/_ui/use-json-form'
import { FormEnd } from '../form-end'

export function RequestForm() {
  const [isAsked, setAsked] = useState(false)
  const { submit, fields, message, isPending } = useJsonForm('/api/password-resets', () => setAsked(true))
  if (isAsked)
    return <Notice kind="good">If somebody has signed up with this address, a letter is on its way to it.</Notice>
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-2">
      <p className="pb-2 text-quiet">We send a letter with a link. It works for one hour, and once.</p>
      <TextField label="Email address" name="email" type="email" autoComplete="email" required error={fields.email} />
      <FormEnd problem={message} isPending={isPending} verb="Send the letter" doing="Asking…" />
    </form>
  )
}
