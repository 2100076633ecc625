'use client'

import { type ComponentProps, type ReactNode, useState } from 'react'
import { Button } from './button'
import { Dialog } from './dialog'
import { Notice } from './notice'
import { type Act, useAct } from './use-act'

type Face = Pick<ComponentProps<typeof Button>, 'look' | 'size' | 'disabled' | 'className' | 'aria-label'>

/**
 * A button that asks before it acts. The question names the act and the thing; what is wrong with the answer stands in
 * the dialog, and what was done is said in passing.
 * @param input what is handed to the act, beside the form's fields.
 */
export function ActDialog({
  trigger,
  title,
  description,
  verb,
  doing,
  act,
  input = {},
  isDanger = false,
  children,
  ...face
}: Face & {
  trigger: string
  title: string
  description?: ReactNode
  verb: string
  doing: string
  act: Act
  input?: object
  isDanger?: boolean
  children?: (fields: Record<string, string>) => ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  const { run, isPending, problem, forget } = useAct(act, () => setOpen(false))
  const open = (next: boolean) => {
    forget()
    setOpen(next)
  }
  return (
    <>
      <Button {...face} onClick={() => open(true)}>
        {trigger}
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={open} title={title} description={description}>
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            run({ ...input, ...Object.fromEntries(new FormData(event.currentTarget)) })
          }}
        >
          {children?.(problem?.fields ?? {})}
          {problem ? <Notice kind="bad">{problem.message}</Notice> : null}
          <div className="flex justify-end gap-2">
            <Button look="quiet" size="small" onClick={() => open(false)}>
              Leave it
            </Button>
            <Button type="submit" look={isDanger ? 'danger' : 'primary'} size="small" disabled={isPending}>
              {isPending ? doing : verb}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
