'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'

/** What stands before everything else until it is answered or left by Esc. The focus stays in it and comes back. */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  description,
  children,
}: {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  description?: ReactNode
  children: ReactNode
}) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup className="fixed inset-x-4 bottom-4 z-50 mx-auto flex max-h-[calc(100dvh-2rem)] max-w-lg flex-col gap-4 overflow-y-auto rounded-surface border border-line bg-surface p-5 text-14 shadow-float transition-[opacity,translate] duration-150 data-ending-style:translate-y-1 data-ending-style:opacity-0 data-starting-style:translate-y-1 data-starting-style:opacity-0 sm:top-[16vh] sm:bottom-auto sm:max-h-[76vh]">
          <div className="flex items-start justify-between gap-4">
            <div className="flex flex-col gap-1">
              <Base.Title className="text-16 font-semibold">{title}</Base.Title>
              {description ? <Base.Description className="text-quiet">{description}</Base.Description> : null}
            </div>
            <Base.Close aria-label="Close" className="-m-1.5 rounded-control p-1.5 text-quiet hover:text-ink">
              <X aria-hidden size={16} strokeWidth={1.5} />
            </Base.Close>
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
