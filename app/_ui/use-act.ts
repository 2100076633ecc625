'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { say } from './toasts'

/**
 * What an act answers: what was done, and where to look at it if that is another page, or which state of a record the
 * reader has seen by it; or why not, where `fields` names what is wrong with what was filled in.
 */
export type ActAnswer =
  | { ok: true; message: string; href?: string; seenAt?: string }
  | { ok: false; message: string; fields?: Record<string, string> | undefined }

export type Act = (input: unknown) => Promise<ActAnswer>

/** Does an act and tells of it: in passing where it was done, and to the form where it was not. */
export function useAct(act: Act, onDone: (answer: Extract<ActAnswer, { ok: true }>) => void = () => {}) {
  const router = useRouter()
  const [isPending, begin] = useTransition()
  const [problem, setProblem] = useState<Extract<ActAnswer, { ok: false }>>()
  const run = (input: unknown) =>
    begin(async () => {
      setProblem(undefined)
      const answer = await act(input).catch(
        (): ActAnswer => ({
          ok: false,
          message: 'The server could not be reached. Look at your connection and try again.',
        }),
      )
      if (!answer.ok) return setProblem(answer)
      say(answer.message)
      onDone(answer)
      if (answer.href) router.push(answer.href)
    })
  const forget = () => {
    // What was in the way may have changed the page as well.
    if (problem && !problem.fields) router.refresh()
    setProblem(undefined)
  }
  return { run, isPending, problem, forget }
}
