import {
  Archive,
  Ban,
  Check,
  CircleAlert,
  CircleDashed,
  CircleHelp,
  CirclePause,
  CornerDownRight,
  CreditCard,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Moon,
  RotateCw,
  TimerOff,
  TriangleAlert,
  Undo2,
  X,
} from 'lucide-react'

const tones = {
  plain: 'text-completed',
  idle: 'bg-idle-fill text-idle',
  running: 'bg-running-fill text-running',
  waiting: 'bg-waiting-fill text-waiting',
  completed: 'bg-completed-fill text-completed',
  retrying: 'bg-retrying-fill text-retrying',
  // The one that the eye must find first, in grey too.
  failed: 'bg-failed text-surface',
} as const

type Look = { word: string; tone: keyof typeof tones; Icon: LucideIcon; isStruck?: boolean }

const looks = {
  queued: { word: 'Queued', tone: 'idle', Icon: CircleDashed },
  running: { word: 'Running', tone: 'running', Icon: LoaderCircle },
  sleeping: { word: 'Sleeping', tone: 'waiting', Icon: Moon },
  waiting: { word: 'Waiting', tone: 'waiting', Icon: Hourglass },
  invoking: { word: 'Invoking', tone: 'waiting', Icon: CornerDownRight },
  retrying: { word: 'Retrying', tone: 'retrying', Icon: RotateCw },
  completed: { word: 'Completed', tone: 'plain', Icon: Check },
  failed: { word: 'Failed', tone: 'failed', Icon: X },
  cancelled: { word: 'Cancelled', tone: 'idle', Icon: Ban, isStruck: true },
  'left open': { word: 'Left open', tone: 'idle', Icon: Ban, isStruck: true },
  sending: { word: 'Sending', tone: 'running', Icon: LoaderCircle },
  sent: { word: 'Sent', tone: 'plain', Icon: Check },
  refused: { word: 'Refused', tone: 'failed', Icon: X },
  'not known': { word: 'Not known', tone: 'retrying', Icon: CircleHelp },
  open: { word: 'Open', tone: 'failed', Icon: X },
  replaying: { word: 'Replaying', tone: 'running', Icon: RotateCw },
  replayed: { word: 'Replayed', tone: 'plain', Icon: Check },
  discarded: { word: 'Discarded', tone: 'idle', Icon: Ban, isStruck: true },
  paused: { word: 'Paused', tone: 'retrying', Icon: CirclePause },
  late: { word: 'Late', tone: 'failed', Icon: CircleAlert },
  'set aside': { word: 'Set aside', tone: 'failed', Icon: CircleAlert },
  'low stock': { word: 'Low', tone: 'retrying', Icon: TriangleAlert },
  'sold out': { word: 'Sold out', tone: 'failed', Icon: X },
  archived: { word: 'Archived', tone: 'idle', Icon: Archive },
  'awaiting card': { word: 'Awaiting card', tone: 'waiting', Icon: CreditCard },
  placed: { word: 'Placed', tone: 'running', Icon: LoaderCircle },
  confirmed: { word: 'Confirmed', tone: 'plain', Icon: Check },
  declined: { word: 'Declined', tone: 'idle', Icon: X },
  'out of stock': { word: 'Out of stock', tone: 'retrying', Icon: TriangleAlert },
  expired: { word: 'Expired', tone: 'idle', Icon: TimerOff },
  refunded: { word: 'Refunded', tone: 'idle', Icon: Undo2 },
  ending: { word: 'Ending', tone: 'running', Icon: LoaderCircle },
  cancelling: { word: 'Cancelling', tone: 'running', Icon: LoaderCircle },
  refunding: { word: 'Refunding', tone: 'running', Icon: Undo2 },
} as const satisfies Record<string, Look>

export type StatusWord = keyof typeof looks

export const statusWords = Object.keys(looks) as StatusWord[]

/** A state by its word, its shape and its colour; never by colour alone. */
export function Status({ of }: { of: StatusWord }) {
  const { word, tone, Icon, isStruck }: Look = looks[of]
  return (
    <span
      className={`inline-flex h-6 items-center gap-1.5 rounded-control text-12 font-medium whitespace-nowrap ${tone === 'plain' ? '' : 'px-2'} ${tones[tone]}`}
    >
      <Icon aria-hidden size={14} strokeWidth={2} />
      <span className={isStruck ? 'line-through' : ''}>{word}</span>
    </span>
  )
}

/** The word for a step's state; one that failed an attempt and is tried again is retrying. */
export function stepStatusWord(status: string, isLeftOpen: boolean): StatusWord {
  if (isLeftOpen) return 'left open'
  return status === 'errored' ? 'retrying' : (status as StatusWord)
}

const ofLetters = { sending: 'sending', sent: 'sent', failed: 'refused', unknown: 'not known' } as const

/** The word for a letter's state. */
export function letterStatusWord(status: keyof typeof ofLetters): StatusWord {
  return ofLetters[status]
}
