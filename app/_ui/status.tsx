import { Ban, Check, CircleDashed, CircleHelp, X } from 'lucide-react'

const looks = {
  sent: { word: 'Sent', look: 'text-completed', Icon: Check },
  sending: { word: 'Sending', look: 'text-running', Icon: CircleDashed },
  failed: { word: 'Refused', look: 'text-failed', Icon: X },
  unknown: { word: 'Not known', look: 'text-retrying', Icon: CircleHelp },
  closed: { word: 'Closed', look: 'text-idle', Icon: Ban },
} as const

/** A state by its word, its shape and its colour; never by colour alone. */
export function Status({ of }: { of: keyof typeof looks }) {
  const { word, look, Icon } = looks[of]
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${look}`}>
      <Icon aria-hidden size={14} strokeWidth={1.75} />
      {word}
    </span>
  )
}
