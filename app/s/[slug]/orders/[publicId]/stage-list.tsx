import { Check, Circle, Hourglass, LoaderCircle, X } from 'lucide-react'
import type { Stage } from './stages'

const looks = {
  done: { Icon: Check, mark: 'text-completed', text: '', said: 'done' },
  now: { Icon: LoaderCircle, mark: 'text-running motion-safe:animate-spin', text: 'font-medium', said: 'under way' },
  yours: { Icon: Hourglass, mark: 'text-waiting', text: 'font-medium', said: 'waits for you' },
  ahead: { Icon: Circle, mark: 'text-quiet', text: 'text-quiet', said: 'still to come' },
  ended: { Icon: X, mark: 'text-failed', text: 'font-medium', said: 'not done' },
} as const

/** The stages of an order, which tick off while one looks. */
export function StageList({ stages }: { stages: Stage[] }) {
  return (
    <ol aria-label="Stages of the order" className="flex flex-col border-t border-line">
      {stages.map(({ name, state }) => {
        const { Icon, mark, text, said } = looks[state]
        return (
          <li key={name} className="flex min-h-12 items-center gap-3 border-b border-line">
            <Icon aria-hidden className={`shrink-0 ${mark}`} size={16} strokeWidth={2} />
            <span className={`text-16 ${text}`}>{name}</span>
            <span className="sr-only">{said}</span>
          </li>
        )
      })}
    </ol>
  )
}
