import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'

/** One thing that the reader should know before going on. */
export function Notice({ kind, children }: { kind: 'good' | 'bad'; children: ReactNode }) {
  const Icon = kind === 'good' ? CircleCheck : CircleAlert
  const look = kind === 'good' ? 'border-completed text-completed' : 'border-failed text-failed'
  return (
    <div role={kind === 'bad' ? 'alert' : 'status'} className={`flex gap-2 rounded-surface border px-3 py-2.5 ${look}`}>
      <Icon aria-hidden className="mt-0.5 shrink-0" size={16} strokeWidth={1.5} />
      <div>{children}</div>
    </div>
  )
}
