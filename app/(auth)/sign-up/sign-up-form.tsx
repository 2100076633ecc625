'use client'

import { useRouter } from 'next/navigation'
import { TextField } from '@/app/_ui/field'
import { useJsonForm } from '@/app/_ui/use-json-form'
import { FormEnd } from '../form-end'
import { NewPasswordField } from '../new-password-field'
import { TimeZoneField } from './time-zone-field'

export function SignUpForm({ timeZones }: { timeZones: string[] }) {
  const router = useRouter()
  const { submit, fields, message, isPending } = useJsonForm('/api/accounts', () => router.push('/dashboard'))

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-2">
      <TextField label="Your name" name="name" autoComplete="name" required error={fields.name} />
      <TextField label="Email address" name="email" type="email" autoComplete="email" required error={fields.email} />
      <NewPasswordField label="Password" error={fields.password} />
      <TextField
        label="Name of your shop"
        name="shopName"
        autoComplete="organization"
        required
        error={fields.shopName}
      />
      <TimeZoneField zones={timeZones} error={fields.timeZone} />
      <FormEnd problem={message} isPending={isPending} verb="Sign up" doing="Signing up…" />
    </form>
  )
}
