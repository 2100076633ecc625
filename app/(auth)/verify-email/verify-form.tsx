'use client'

import { useEffect, useRef, useState } from 'react'
import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { useJsonForm } from '@/app/_ui/use-json-form'

/** Posts by itself once it is open in a browser: a mail scanner that only fetches the page confirms nothing. */
export function VerifyForm({ token }: { token: string }) {
  const [isDone, setDone] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const wasSent = useRef(false)
  const { submit, fields, message } = useJsonForm('/api/email-verifications', () => setDone(true))

  useEffect(() => {
    if (wasSent.current) return
    wasSent.current = true
    form.current?.requestSubmit()
  }, [])

  const problem = fields.token ?? message
  if (isDone)
    return (
      <>
        <Notice kind="good">Thank you: letters reach you here.</Notice>
        <ButtonLink href="/dashboard">Open the dashboard</ButtonLink>
      </>
    )
  return (
    <form ref={form} onSubmit={submit}>
      <input type="hidden" name="token" value={token} />
      {problem ? <Notice kind="bad">{problem}</Notice> : <p className="text-quiet">One moment…</p>}
    </form>
  )
}
