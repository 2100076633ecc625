'use client'

import { type FormEvent, type RefObject, useEffect, useRef } from 'react'
import { type Act, type ActAnswer, useAct } from '@/app/_ui/use-act'
import { focusFirst } from '@/app/_ui/use-json-form'

export type ActForm = {
  ref: RefObject<HTMLFormElement | null>
  submit: (event: FormEvent<HTMLFormElement>) => void
  isPending: boolean
  /** What is wrong with each field. */
  fields: Record<string, string>
  /** What is wrong with no field in particular. */
  message: string | undefined
}

/**
 * Hands a form's fields to an act, and tells what it says of them; the keyboard goes to the first that is wrong.
 * @param input what is handed in beside the fields.
 * @param onDone called with the form when the act was done.
 * @param fieldsOf what the form hands in, where that is not just its fields.
 */
export function useActForm(
  act: Act,
  input: object = {},
  onDone: (answer: Extract<ActAnswer, { ok: true }>, form: HTMLFormElement | null) => void = () => {},
  fieldsOf: (form: HTMLFormElement) => object = (form) => Object.fromEntries(new FormData(form)),
): ActForm {
  const ref = useRef<HTMLFormElement>(null)
  const { run, isPending, problem } = useAct(act, (answer) => onDone(answer, ref.current))
  useEffect(() => {
    if (ref.current && problem?.fields) focusFirst(ref.current, { fields: problem.fields })
  }, [problem])
  return {
    ref,
    isPending,
    fields: problem?.fields ?? {},
    message: problem && !problem.fields ? problem.message : undefined,
    submit: (event) => {
      event.preventDefault()
      run({ ...fieldsOf(event.currentTarget), ...input })
    },
  }
}
