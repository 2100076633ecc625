'use client'

import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { useActForm } from '../use-act-form'
import { rename } from './actions'

/** What the shop is called. */
export function NameForm({ name, address }: { name: string; address: string }) {
  const { ref, submit, fields, message, isPending } = useActForm(rename)
  return (
    <form ref={ref} onSubmit={submit} noValidate className="flex flex-col gap-2">
      <TextField
        label="Name of the shop"
        name="shopName"
        defaultValue={name}
        autoComplete="organization"
        required
        hint={`Its address stays ${address}.`}
        error={fields.shopName}
      />
      {message ? <Notice kind="bad">{message}</Notice> : null}
      <div>
        <Button type="submit" look="quiet" disabled={isPending}>
          {isPending ? 'Saving…' : 'Save the name'}
        </Button>
      </div>
    </form>
  )
}
