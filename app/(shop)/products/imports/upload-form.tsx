'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { importHref } from './addresses'

type Answer = { importId?: string; title?: string; detail?: string; fields?: Record<string, string> }

/** Sends a file as it is, and goes to its import. */
export function UploadForm() {
  const router = useRouter()
  const [isPending, setPending] = useState(false)
  const [answer, setAnswer] = useState<Answer>({})

  async function send(form: FormData): Promise<void> {
    const file = form.get('file')
    if (!(file instanceof File) || file.name === '') return setAnswer({ fields: { file: 'Choose a file.' } })
    setPending(true)
    setAnswer({})
    const read = await upload(file, form.get('dryRun') !== null)
    if (read.importId) return router.push(importHref(read.importId))
    setAnswer(read)
    setPending(false)
  }

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void send(new FormData(event.currentTarget))
  }
  const { file, ...others } = answer.fields ?? {}
  const message = Object.values(others)[0] ?? [answer.title, answer.detail].filter(Boolean).join(' ')
  return (
    <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
      <TextField
        label="CSV file"
        name="file"
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        hint="UTF-8, 200 MB and 1,000,000 rows at most. Its first row names the columns."
        error={file}
      />
      <label className="flex min-h-11 items-center gap-2 sm:min-h-8">
        <input type="checkbox" name="dryRun" className="size-4 accent-accent" />
        Dry run: only say what it would do
      </label>
      {message && !file ? <Notice kind="bad">{message}</Notice> : null}
      <div>
        <Button type="submit" disabled={isPending}>
          {isPending ? 'Sending…' : 'Import the file'}
        </Button>
      </div>
    </form>
  )
}

async function upload(file: File, isDryRun: boolean): Promise<Answer> {
  const query = new URLSearchParams({ name: file.name, dryRun: String(isDryRun) })
  try {
    const response = await fetch(`/api/uploads/imports?${query}`, { method: 'PUT', body: file })
    return (await response.json()) as Answer
  } catch {
    return { title: 'The shop could not be reached.', detail: 'Look at your connection and try again.' }
  }
}
