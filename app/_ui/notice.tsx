import { CircleAlert, CircleCheck, Info } from 'lucide-react'
import type { ReactNode } from 'react'

const kinds = {
  good: { Icon: CircleCheck, look: 'border-completed-line text-completed', role: 'status' },
  bad: { Icon: CircleAlert, look: 'border-failed-line text-failed', role: 'alert' },
  plain: { Icon: Info, look: 'border-line text-quiet', role: 'note' },
} as const

/** One thing that the reader should know before going on. */
export function Notice({ kind, children }: { kind: keyof typeof kinds; children: ReactNode }) {
  const { Icon, look, role } = kinds[kind]
  return (
    <div role={role} className={`flex gap-2 rounded-surface border bg-surface px-3 py-2.5 ${look}`}>
      <Icon aria-hidden className="mt-0.5 shrink-0" size={16} strokeWidth={1.5} />
      <div className="min-w-0 break-words">{children}</div>
    </div>
  )
}
