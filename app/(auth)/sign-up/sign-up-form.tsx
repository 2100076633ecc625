'use client'

import { useRouter } from 'next/navigation'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { useJsonForm } from '@/app/_ui/use-json-form'
import { TimeZoneField } from './time-zone-field'

export function SignUpForm({ timeZones }: { timeZones: string[] }) {
  const router = useRouter()
  const { submit, fields, message, isPending } = useJsonForm('/api/accounts', () => router.push('/dashboard'))

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
      <TimeZoneField zones={timeZones} error={fields.timeZone} />
      {message ? <Notice kind="bad">{message}</Notice> : null}
      <Button type="submit" disabled={isPending}>
        {isPending ? 'Signing up…' : 'Sign up'}
      </Button>
    </form>
  )
}
