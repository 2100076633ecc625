'use client'

import { Toast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, X } from 'lucide-react'

const manager = Toast.createToastManager()

/** Says in passing that something was done, or that it could not be. */
export function say(words: string, kind: 'good' | 'bad' = 'good'): void {
  manager.add({ title: words, type: kind, priority: kind === 'bad' ? 'high' : 'low' })
}

/** Where what is said in passing is shown; once, in the outermost layout. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={manager}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 left-4 z-50 flex flex-col gap-2 sm:left-auto sm:w-96">
          <Shown />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function Shown() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => {
    const Icon = toast.type === 'bad' ? CircleAlert : CircleCheck
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        className="rounded-surface border border-line bg-surface text-14 shadow-float transition-[opacity,translate] duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-1 data-starting-style:opacity-0"
      >
        <Toast.Content className="flex items-start gap-2.5 p-3">
          <Icon
            aria-hidden
            className={`mt-0.5 shrink-0 ${toast.type === 'bad' ? 'text-failed' : 'text-completed'}`}
            size={16}
            strokeWidth={1.5}
          />
          <Toast.Title className="min-w-0 flex-1 break-words" />
          {/* The library hides it until the pile is opened, while Tab still comes to it; this pile always lies open. */}
          <Toast.Close aria-hidden={false} aria-label="Dismiss" className="rounded-control text-quiet hover:text-ink">
            <X aria-hidden size={16} strokeWidth={1.5} />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    )
  })
}
