'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Field, TextField } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { useJsonForm } from '@/app/_ui/use-json-form'

const FIRST_ZONE = 'America/New_York'

export function SignUpForm({ timeZones }: { timeZones: string[] }) {
  const router = useRouter()
  const { submit, fields, message, isPending } = useJsonForm('/api/accounts', () => router.push('/dashboard'))
  const [timeZone, setTimeZone] = useState(FIRST_ZONE)

  // The browser knows where the shop is likely to be; the server doesn't.
  useEffect(() => {
    const { timeZone: own } = Intl.DateTimeFormat().resolvedOptions()
    if (timeZones.includes(own)) setTimeZone(own)
  }, [timeZones])

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-2">
      <TextField label="Your name" name="name" autoComplete="name" required error={fields.name} />
      <TextField label="Email address" name="email" type="email" autoComplete="email" required error={fields.email} />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="At least 10 characters."
        required
        error={fields.password}
      />
      <TextField
        label="Name of your shop"
        name="shopName"
        autoComplete="organization"
        required
        error={fields.shopName}
      />
      <Field label="Time zone of the shop" hint="Its days, and so its reports, begin there." error={fields.timeZone}>
        {(props) => (
          <select {...props} name="timeZone" value={timeZone} onChange={(event) => setTimeZone(event.target.value)}>
            {timeZones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        )}
      </Field>
      {message ? <Notice kind="bad">{message}</Notice> : null}
      <Button type="submit" disabled={isPending}>
        {isPending ? 'Signing up…' : 'Sign up'}
      </Button>
    </form>
  )
}
