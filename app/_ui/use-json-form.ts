'use client'

import { type FormEvent, useEffect, useState } from 'react'

type Problem = { title?: string; detail?: string; fields?: Record<string, string> }

export type JsonForm = {
  isPending: boolean
  /** What is wrong with each field. */
  fields: Record<string, string>
  /** What is wrong with no field in particular. */
  message: string | undefined
  submit: (event: FormEvent<HTMLFormElement>) => void
}

/**
 * Posts a form's fields as JSON to a door, and tells what the door says of them.
 * @param url the door.
 * @param onDone called with the door's answer when it has taken the form.
 * @param bodyOf what is posted, where that is not just its fields.
 */
export function useJsonForm(
  url: string,
  onDone: (answer: unknown) => void,
  bodyOf: (form: HTMLFormElement) => object = (form) => Object.fromEntries(new FormData(form)),
): JsonForm {
  const [isPending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem>({})
  useEffect(() => {
    // A browser may bring a page back as it was left: in the middle of being sent.
    const look = ({ persisted }: PageTransitionEvent) => persisted && setPending(false)
    window.addEventListener('pageshow', look)
    return () => window.removeEventListener('pageshow', look)
  }, [])

  async function send(form: HTMLFormElement): Promise<void> {
    setPending(true)
    setProblem({})
    try {
      const body = JSON.stringify(bodyOf(form))
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      const answer: unknown = await response.json()
      if (response.ok) return onDone(answer)
      setProblem(answer as Problem)
      focusFirst(form, answer as Problem)
    } catch {
      setProblem({ title: 'The shop could not be reached.', detail: 'Look at your connection and try again.' })
    }
    setPending(false)
  }

  return {
    isPending,
    fields: problem.fields ?? {},
    message: problem.fields ? undefined : [problem.title, problem.detail].filter(Boolean).join(' ') || undefined,
    submit: (event) => {
      event.preventDefault()
      void send(event.currentTarget)
    },
  }
}

/** The keyboard goes to the first field that is wrong. */
export function focusFirst(form: HTMLFormElement, { fields }: Problem): void {
  // What is wrong with one entry of a list is named `list.2`.
  const names = new Set(Object.keys(fields ?? {}).flatMap((name) => [name, name.replace(/\.\d+$/, '')]))
  const wrong = [...form.elements].find((control) => names.has(control.getAttribute('name') ?? ''))
  if (wrong instanceof HTMLElement) wrong.focus()
}
